package dev.tidemark.evaluator.replay;

import dev.tidemark.evaluator.domain.DeclaredHeaders;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads what the log holds now, committed records only; what nobody can decode is a dead letter elsewhere. */
public final class LogReader {

    private static final Duration POLL = Duration.ofMillis(100);

    private final LogClients clients;
    private final String clientId;

    public LogReader(LogClients clients, String clientId) {
        this.clients = clients;
        this.clientId = clientId;
    }

    public LogClients clients() {
        return clients;
    }

    public LogSettings settings() {
        return clients.settings();
    }

    /** All of a topic, each partition in its order. */
    public List<LoggedRecord> readAll(Topic topic, Predicate<String> keys) {
        return read(topic, IntStream.range(0, settings().partitions()).boxed().toList(), keys);
    }

    /**
     * The records of some partitions with keys that count, each partition in its order.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time
     */
    public List<LoggedRecord> read(Topic topic, Collection<Integer> partitions, Predicate<String> keys) {
        List<TopicPartition> assigned = settings().partitionsOf(topic, partitions);
        List<LoggedRecord> found = new ArrayList<>();
        try (var consumer = clients.reader(clientId)) {
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.key() != null && keys.test(record.key())) {
                        decode(topic, record, found);
                    }
                }
            }
        }
        return found;
    }

    private static void decode(Topic topic, ConsumerRecord<String, byte[]> record, List<LoggedRecord> into) {
        Envelope<?> event = event(record);
        if (event != null || record.value() == null) {
            into.add(new LoggedRecord(
                    topic,
                    record.partition(),
                    record.offset(),
                    Instant.ofEpochMilli(record.timestamp()),
                    record.key(),
                    event,
                    record.headers().lastHeader(DeclaredHeaders.MOVED) != null));
        }
    }

    private static @Nullable Envelope<?> event(ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() == null ? null : EventCodec.decode(record.value());
        } catch (UndecodableException deadLetter) {
            return null;
        }
    }
}
