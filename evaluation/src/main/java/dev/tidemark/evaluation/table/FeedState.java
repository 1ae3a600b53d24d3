package dev.tidemark.evaluation.table;

import dev.tidemark.events.ScanOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a feed.
 *
 * @param newest the newest scan seen; facts of older ones are ignored. Null before owners claimed their partitions
 * @param complete whether a full scan has ever been taken over
 * @param ended how many scans have ended: what a pending tag says belongs to one of them, or to the one under way
 * @param taking how far the difference of a scan that ended is taken over; null while none is
 */
public record FeedState(
        @Nullable ScanOrder newest,
        boolean complete,
        int ended,
        @Nullable TakeOver taking) {

    public static final FeedState UNSEEN = new FeedState(null, false, 0, null);

    /**
     * The difference of a scan that is too large to be taken over at once.
     *
     * @param after the last tag that was taken over
     * @param event the end of the scan
     */
    public record TakeOver(String after, Wakeup event) {}

    /** @param owner the newest one of the partition: what is kept of a later one is of a log that was made anew */
    public boolean isNewerThan(ScanOrder scan, long owner) {
        return newest != null && newest.epoch() <= owner && scan.precedes(newest);
    }

    public FeedState saw(ScanOrder scan) {
        return scan.equals(newest) || scan.equals(ScanOrder.UNCLAIMED)
                ? this
                : new FeedState(scan, complete, ended, taking);
    }

    /** A scan has ended. What an earlier one left is taken over with it: by tag there is never more than one word. */
    public FeedState end(Wakeup event) {
        return new FeedState(newest, complete, ended + 1, new TakeOver("", event));
    }

    public FeedState takenUpTo(String tag) {
        return taking == null ? this : new FeedState(newest, complete, ended, new TakeOver(tag, taking.event()));
    }

    public FeedState taken() {
        return new FeedState(newest, true, ended, null);
    }
}
