package dev.tidemark.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The scan of a feed, or the request for one of its tags, that an event belongs to. Events of a scan older than the newest one seen are ignored.
 *
 * @param id unique per scan
 * @param startedAt by the watcher's clock, for people: nothing is ordered by it
 * @param epoch of the owner that scanned: the offset of its claim, see {@link Event.PartitionClaimed}; null in records
 *     from before owners claimed their partitions
 * @param number of the scan within the epoch, growing; null without one
 */
public record Scan(
        String id,
        Instant startedAt,
        @Nullable Long epoch,
        @Nullable Long number) {

    /** A scan from before owners claimed their partitions. */
    public Scan(String id, Instant startedAt) {
        this(id, startedAt, null, null);
    }

    /** Which of two scans of a feed is the newer one. */
    public ScanOrder order() {
        return epoch == null ? ScanOrder.UNCLAIMED : new ScanOrder(epoch, number == null ? 0 : number);
    }
}
