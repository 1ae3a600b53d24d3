package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import java.util.Map;
import java.util.function.Consumer;

/** Lets an owner read its own partition on, behind what it has loaded. */
@FunctionalInterface
public interface OwnPartition {

    /**
     * @param from the offset that comes first, by topic
     * @param sink called on a thread that it must not keep
     * @return ends it
     */
    Runnable follow(int partition, Map<Topic, Long> from, Consumer<LogRecord> sink);
}
