package dev.tidemark.runtime;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Publication;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log that could be read.
 *
 * @param at when it was written, by the clock of its writer
 * @param envelope null for a tombstone
 * @param headers of a tombstone, which has nothing else to say more with; none of an event
 */
public record LogRecord(
        Topic topic,
        int partition,
        long offset,
        Instant at,
        String key,
        @Nullable Envelope<?> envelope,
        Map<String, String> headers) {

    /** The epoch of the owner that wrote it; {@link ScanOrder#NO_EPOCH} where it says none. */
    public long ownerEpoch() {
        if (envelope != null) {
            return envelope.event() instanceof FeedEvent event ? event.ownerEpoch() : ScanOrder.NO_EPOCH;
        }
        String epoch = headers.get(Publication.Tombstone.EPOCH_HEADER);
        try {
            return epoch == null ? ScanOrder.NO_EPOCH : Long.parseLong(epoch);
        } catch (NumberFormatException strange) {
            return ScanOrder.NO_EPOCH;
        }
    }
}
