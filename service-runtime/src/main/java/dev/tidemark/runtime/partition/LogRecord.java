package dev.tidemark.runtime.partition;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A record that could be read.
 *
 * @param envelope null for a tombstone
 * @param tombstoneEpoch of the owner that wrote a tombstone; null where it says none
 */
public record LogRecord(
        Topic topic,
        int partition,
        long offset,
        String key,
        @Nullable Envelope<?> envelope,
        @Nullable Long tombstoneEpoch) {

    /** A fact, or a tombstone of a topic whose owners have no epochs. */
    public LogRecord(Topic topic, int partition, long offset, String key, @Nullable Envelope<?> envelope) {
        this(topic, partition, offset, key, envelope, null);
    }

    /** The epoch of the owner that wrote it; {@link ScanOrder#NO_EPOCH} where it says none. */
    public long ownerEpoch() {
        if (envelope != null) {
            return envelope.event() instanceof FeedEvent event ? event.ownerEpoch() : ScanOrder.NO_EPOCH;
        }
        return tombstoneEpoch == null ? ScanOrder.NO_EPOCH : tombstoneEpoch;
    }
}
