package dev.tidemark.events.kafka;

import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.jspecify.annotations.Nullable;

/** The producer's side of {@link Partitioning}. */
public final class EventPartitioner implements Partitioner {

    @Override
    public int partition(
            String topicName,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        Topic topic = Topic.named(topicName)
                .orElseThrow(() -> new IllegalArgumentException("'" + topicName + "' is not a topic of the log"));
        if (keyBytes == null) {
            throw new IllegalArgumentException("a record of " + topicName + " needs a key");
        }
        return Partitioning.partition(
                topic, new String(keyBytes, StandardCharsets.UTF_8), cluster.partitionCountForTopic(topicName));
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
