package dev.tidemark.runtime.partition;

import dev.tidemark.runtime.LogRecord;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what is known of partitions. */
@FunctionalInterface
public interface Loader {

    /**
     * Hands over every record of the loaded topics in these partitions, from the oldest to the end as it is after this
     * call.
     *
     * @throws RuntimeException when the log cannot be read to its end; it is tried again with other shards
     */
    void load(Set<Integer> partitions, Consumer<LogRecord> sink);
}
