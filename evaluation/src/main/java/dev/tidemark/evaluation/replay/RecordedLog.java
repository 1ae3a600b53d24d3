package dev.tidemark.evaluation.replay;

import dev.tidemark.events.Topic;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What was recorded: the log of a broker, or what was exported of one. */
public interface RecordedLog {

    /** How many partitions each topic has. */
    int partitions();

    /** The records of some partitions with keys that count, each partition in its order. */
    List<LoggedRecord> read(Topic topic, Collection<Integer> partitions, Predicate<String> keys);

    /** Hands the same to somebody who does not keep them: of any number. */
    void each(Topic topic, Collection<Integer> partitions, Predicate<String> keys, Consumer<LoggedRecord> reader);

    /** All of a topic, each partition in its order. */
    default List<LoggedRecord> readAll(Topic topic, Predicate<String> keys) {
        return read(topic, IntStream.range(0, partitions()).boxed().toList(), keys);
    }
}
