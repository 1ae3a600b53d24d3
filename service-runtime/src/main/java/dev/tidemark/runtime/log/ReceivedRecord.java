package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.events.kafka.HeaderTexts;
import dev.tidemark.runtime.LogRecord;
import java.time.Instant;
import java.util.Map;
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
     * @throws UndecodableException as {@link #key} and {@link #event} do
     */
    public static LogRecord read(Topic topic, int count, ConsumerRecord<String, byte[]> record) {
        Envelope<?> event = event(topic, count, record);
        return new LogRecord(
                topic,
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                key(record),
                event,
                event == null ? HeaderTexts.of(record.headers()) : Map.of());
    }

    /**
     * The record's event, null for a tombstone.
     *
     * @param count of the topic's partitions
     * @throws UndecodableException when the record lies in another partition than its key's, where nothing puts it in
     *     order with those of its key; or when nobody can decode it
     */
    static @Nullable Envelope<?> event(Topic topic, int count, ConsumerRecord<String, byte[]> record) {
        // what a person asks for is copied into every partition
        int own = topic == Topic.CONTROL_REQUESTED
                ? record.partition()
                : Partitioning.partition(topic, key(record), count);
        if (own != record.partition()) {
            throw new UndecodableException("the record is in partition " + record.partition()
                    + ", but its key belongs in " + own + ": write with Tidemark's partitioner");
        }
        try {
            return record.value() == null ? null : EventCodec.decode(record.value());
        } catch (UndecodableException known) {
            throw known;
        } catch (RuntimeException | StackOverflowError codecsFault) {
            // one record's, and not the end of reading
            throw new UndecodableException("not an event: it cannot be decoded");
        }
    }
}
