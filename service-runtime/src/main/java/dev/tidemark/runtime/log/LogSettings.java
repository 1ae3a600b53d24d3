package dev.tidemark.runtime.log;

import dev.tidemark.events.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * The shape of the log: what its topics are called and how they are made. How it is reached is known to
 * {@link LogClients}.
 *
 * @param partitions of every topic; the topics that follow the image must agree
 * @param replication of topics that are created
 * @param auditWindow how long decisions and their inputs can be explained and replayed
 */
public record LogSettings(TopicNames names, int partitions, Replication replication, Duration auditWindow) {

    /** A log as safe as its replicas can make it. */
    public LogSettings(TopicNames names, int partitions, short replicationFactor, Duration auditWindow) {
        this(names, partitions, Replication.of(replicationFactor, Optional.empty()), auditWindow);
    }

    /** Such a log whose topics have their plain names. */
    public LogSettings(int partitions, short replicationFactor, Duration auditWindow) {
        this(TopicNames.PLAIN, partitions, replicationFactor, auditWindow);
    }

    /** What the topic is really called. */
    public String name(Topic topic) {
        return names.name(topic);
    }

    /** What the topic of the topic's dead letters is really called. */
    public String deadLetters(Topic topic) {
        return names.deadLetters(topic);
    }

    /** All partitions of a topic. */
    public List<TopicPartition> partitionsOf(Topic topic) {
        return partitionsOf(topic, IntStream.range(0, partitions).boxed().toList());
    }

    /** Some partitions of a topic. */
    public List<TopicPartition> partitionsOf(Topic topic, Collection<Integer> numbers) {
        String name = name(topic);
        return numbers.stream().map(number -> new TopicPartition(name, number)).toList();
    }
}
