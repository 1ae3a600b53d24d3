package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
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
    public static String key(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            throw new UndecodableException("the record has no key");
        }
        return record.key();
    }

    /**
     * The record's event, null for a tombstone.
     *
     * @param count of the topic's partitions
     * @throws UndecodableException when the record lies in another partition than its key's, where nothing puts it in
     *     order with those of its key; or when nobody can decode it
     */
    public static @Nullable Envelope<?> event(Topic topic, int count, ConsumerRecord<String, byte[]> record) {
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
