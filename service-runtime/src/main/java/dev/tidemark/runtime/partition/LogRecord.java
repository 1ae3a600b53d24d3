package dev.tidemark.runtime.partition;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.Topic;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that could be read.
 *
 * @param envelope null for a tombstone
 * @param tombstoneEpoch of the owner that wrote a tombstone; null where it says none
 * @param headers of a tombstone, which has nothing else to say more with
 */
public record LogRecord(
        Topic topic,
        int partition,
        long offset,
        String key,
        @Nullable Envelope<?> envelope,
        @Nullable Long tombstoneEpoch,
        Map<String, String> headers) {

    /** A fact, or a tombstone of a topic whose owners have no epochs. */
    public LogRecord(Topic topic, int partition, long offset, String key, @Nullable Envelope<?> envelope) {
        this(topic, partition, offset, key, envelope, null);
    }

    /** A tombstone of a topic whose owners have epochs. */
    public LogRecord(
            Topic topic,
            int partition,
            long offset,
            String key,
            @Nullable Envelope<?> envelope,
            @Nullable Long tombstoneEpoch) {
        this(topic, partition, offset, key, envelope, tombstoneEpoch, Map.of());
    }

    /** The epoch of the owner that wrote it; {@link ScanOrder#NO_EPOCH} where it says none. */
    public long ownerEpoch() {
        if (envelope != null) {
            return envelope.event() instanceof FeedEvent event ? event.ownerEpoch() : ScanOrder.NO_EPOCH;
        }
        return tombstoneEpoch == null ? ScanOrder.NO_EPOCH : tombstoneEpoch;
    }
}
