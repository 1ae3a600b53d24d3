package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.events.kafka.HeaderTexts;
import dev.tidemark.runtime.LogRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What a record of a topic says, or why it says nothing. */
public final class ReceivedRecord {

    private ReceivedRecord() {}

    /**
     * The record's key.
     *
     * @throws UndecodableException when it has none
     */
    static String key(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            throw new UndecodableException("the record has no key");
        }
        return record.key();
    }

    /**
     * All of it.
     *
     * @param count of the topic's partitions
     * @return empty for an event of a type that only a newer Tidemark knows: it is passed over, as if it were not there
     * @throws UndecodableException when it has no key; when it lies in another partition than its key's, where nothing puts
     *     it in order with those of its key; or when nobody can read its event
     */
    public static Optional<LogRecord> read(
            Topic topic, int count, ConsumerRecord<String, byte[]> record, EventReader events) {
        String key = key(record);
        Optional<Envelope<?>> event = record.value() == null ? Optional.empty() : events.read(topic, record.value());
        if (event.isEmpty() && record.value() != null) {
            return Optional.empty();
        }
        refuseStray(topic, count, key, record.partition());
        return Optional.of(with(topic, event.orElse(null), record));
    }

    /** Where it lies, for who takes it as it is: with no event, and with the headers of a tombstone. */
    static LogRecord unread(Topic topic, ConsumerRecord<String, byte[]> record) {
        return with(topic, null, record);
    }

    private static LogRecord with(Topic topic, @Nullable Envelope<?> event, ConsumerRecord<String, byte[]> record) {
        return new LogRecord(
                topic,
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                key(record),
                event,
                record.value() == null ? HeaderTexts.of(record.headers()) : Map.of());
    }

    private static void refuseStray(Topic topic, int count, String key, int at) {
        // what a person asks for is copied into every partition
        int own = topic == Topic.CONTROL_REQUESTED ? at : Partitioning.partition(topic, key, count);
        if (own != at) {
            throw new UndecodableException("the record is in partition " + at + ", but its key belongs in " + own
                    + ": write with Tidemark's partitioner");
        }
    }
}
