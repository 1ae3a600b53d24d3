package dev.tidemark.evaluator.streams;

import dev.tidemark.events.Event;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicScan;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The last sequence of each target that the log shows. Read once in a process, and only for a partition whose state is
 * built anew: on a log without selections this takes no time.
 */
final class ShownSequences implements Supplier<Map<String, Long>> {

    private final LogClients log;
    private Map<String, Long> read = Map.of();
    private boolean isRead;

    ShownSequences(LogClients log) {
        this.log = log;
    }

    @Override
    public synchronized Map<String, Long> get() {
        if (!isRead) {
            Map<String, Long> sequences = new HashMap<>();
            new TopicScan(log, "policy-evaluator-sequences")
                    .scan(
                            Topic.TAG_SELECTED,
                            IntStream.range(0, log.settings().partitions())
                                    .boxed()
                                    .toList(),
                            any -> true,
                            record -> {
                                if (record.envelope() != null
                                        && record.envelope().event() instanceof Event.TagSelected selected) {
                                    sequences.merge(record.key(), selected.sequence(), Math::max);
                                }
                            });
            read = Map.copyOf(sequences);
            isRead = true;
        }
        return read;
    }
}
