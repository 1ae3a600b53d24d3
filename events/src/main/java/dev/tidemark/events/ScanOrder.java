package dev.tidemark.events;

import java.util.Comparator;

/**
 * The order of a feed's scans: by the epoch of their owner, and by their number within it. No clock is asked.
 *
 * @param epoch {@link #NO_EPOCH} for a scan from before owners claimed their partitions, which is older than any claim
 */
public record ScanOrder(long epoch, long number) implements Comparable<ScanOrder> {

    /** The epoch of whoever wrote before owners claimed their partitions. */
    public static final long NO_EPOCH = -1;

    /** All of those are as old as one another: they come in the order of the log. */
    public static final ScanOrder UNCLAIMED = new ScanOrder(NO_EPOCH, 0);

    private static final Comparator<ScanOrder> ORDER =
            Comparator.comparingLong(ScanOrder::epoch).thenComparingLong(ScanOrder::number);

    @Override
    public int compareTo(ScanOrder other) {
        return ORDER.compare(this, other);
    }

    /** Whether it is surely not older than the other: of scans that nobody claimed, none is. */
    public boolean isSurelyFrom(ScanOrder other) {
        return epoch != NO_EPOCH && !precedes(other);
    }

    /** Whether it is older than the other. */
    public boolean precedes(ScanOrder other) {
        return compareTo(other) < 0;
    }
}
