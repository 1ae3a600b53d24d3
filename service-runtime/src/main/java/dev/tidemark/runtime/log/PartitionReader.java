package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads partitions of a topic from the beginning to where they end now: how an owner restores what it must remember.
 * Undecodable records are skipped: the channel that consumes the topic has put them among the dead letters.
 */
public final class PartitionReader {

    private static final Duration POLL = Duration.ofMillis(100);

    /** A broker that is there sends something in this time; without it the restore would wait for ever. */
    private static final Duration LONGEST_SILENCE = LogClients.REQUEST_TIMEOUT.multipliedBy(3);

    private final LogClients clients;
    private final String clientId;

    public PartitionReader(LogClients clients, String clientId) {
        this.clients = clients;
        this.clientId = clientId;
    }

    /**
     * Hands every record to {@code sink} in the order of its partition: key and event, null for a tombstone.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time
     */
    public void read(Topic topic, Collection<Integer> partitions, BiConsumer<String, @Nullable Envelope<?>> sink) {
        List<TopicPartition> assigned = clients.settings().partitionsOf(topic, partitions);
        try (var consumer = clients.reader(clientId)) {
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            long heard = System.nanoTime();
            while (!reached(consumer, ends)) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > LONGEST_SILENCE.toNanos()) {
                    throw new TimeoutException("nothing came from " + assigned + " for " + LONGEST_SILENCE);
                }
                for (ConsumerRecord<String, byte[]> record : records) {
                    if (record.offset() < ends.getOrDefault(partitionOf(record), 0L)) {
                        deliver(record, sink);
                    }
                }
            }
        }
    }

    private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private static boolean reached(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static void deliver(ConsumerRecord<String, byte[]> record, BiConsumer<String, @Nullable Envelope<?>> sink) {
        Envelope<?> envelope;
        try {
            envelope = record.value() == null ? null : EventCodec.decode(record.value());
        } catch (UndecodableException skipped) {
            return;
        }
        sink.accept(record.key(), envelope);
    }
}
