package dev.tidemark.evaluation.table;

import dev.tidemark.events.BaseProgress;
import dev.tidemark.events.ScanOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a feed.
 *
 * @param newest the newest scan seen; facts of older ones are ignored. Null before owners claimed their partitions
 * @param complete whether a full scan has ever been taken over
 * @param ended how many scans have ended: what a pending tag says belongs to one of them, or to the one under way
 * @param taking how far the difference of a scan that ended is taken over; null while none is
 * @param bases of its bases; null while the log has none
 */
public record FeedState(
        @Nullable ScanOrder newest,
        boolean complete,
        int ended,
        @Nullable TakeOver taking,
        @Nullable Stock bases) {

    public static final FeedState UNSEEN = new FeedState(null, false, 0, null, null);

    /**
     * The difference of a scan that is too large to be taken over at once.
     *
     * @param after the last tag that was taken over
     * @param event the end of the scan
     * @param offset of that; null where an older version kept it
     */
    public record TakeOver(
            String after, Wakeup event, @Nullable Long offset) {}

    public Stock stock() {
        return bases == null ? Stock.NONE : bases;
    }

    /** @param owner the newest one of the partition: what is kept of a later one is of a log that was made anew */
    public boolean isNewerThan(ScanOrder scan, long owner) {
        return newest != null && newest.epoch() <= owner && scan.precedes(newest);
    }

    public FeedState saw(ScanOrder scan) {
        return scan.equals(newest) || scan.equals(ScanOrder.UNCLAIMED)
                ? this
                : new FeedState(scan, complete, ended, taking, bases);
    }

    /** A scan has ended. What an earlier one left is taken over with it: by tag there is never more than one word. */
    public FeedState end(Wakeup event, long offset) {
        return new FeedState(newest, complete, ended + 1, new TakeOver("", event, offset), bases);
    }

    public FeedState takenUpTo(String tag) {
        return taking == null
                ? this
                : new FeedState(newest, complete, ended, new TakeOver(tag, taking.event(), taking.offset()), bases);
    }

    public FeedState taken() {
        return new FeedState(newest, true, ended, null, bases);
    }

    /** A page of a base has come that is not whole yet. */
    public FeedState arrived(BaseProgress now, int tags) {
        return with(stock().arrived(now, tags));
    }

    /** A base is in force: what scans before it left to be taken over, and what one under way has said, is in it. */
    public FeedState inForce(BaseProgress now, int tags, Instant at) {
        return new FeedState(newest, true, ended + 1, null, stock().inForce(now, tags, at, ended + 1));
    }

    /** The log has forgotten the feed: what is kept of its tags goes, too. */
    public FeedState forgotten(long offset) {
        return new FeedState(null, false, ended + 1, null, Stock.forgotten(offset, ended + 1));
    }

    /** Whether nothing is known of the feed, and nothing of it is kept. */
    public boolean isForgotten() {
        return newest == null && bases != null && bases.bases().equals(BaseProgress.NONE) && bases.tidied() == null;
    }

    public FeedState with(Stock stock) {
        return new FeedState(newest, complete, ended, taking, stock);
    }
}
