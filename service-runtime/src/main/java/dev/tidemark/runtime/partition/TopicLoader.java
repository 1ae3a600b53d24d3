package dev.tidemark.runtime.partition;

import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicScan;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads an owner's partitions of some topics to where they end, one topic after the other.
 *
 * @param topics with the partitions of the owned one
 */
public record TopicLoader(TopicScan log, List<Topic> topics) implements Loader {

    public TopicLoader(LogClients log, String clientId, Topic... topics) {
        this(new TopicScan(log, clientId), List.of(topics));
    }

    @Override
    public void load(Set<Integer> partitions, Consumer<LogRecord> sink) {
        topics.forEach(topic -> log.scan(topic, partitions, any -> true, sink));
    }
}
