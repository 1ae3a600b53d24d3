package dev.tidemark.evaluator.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a feed.
 *
 * @param newestScan start of the newest scan seen; facts of older ones are ignored
 * @param complete whether a full scan has ever been taken over
 * @param ended how many scans have ended: what a pending tag says belongs to one of them, or to the one under way
 * @param taking how far the difference of a scan that ended is taken over; null while none is
 */
public record FeedMemory(
        Instant newestScan,
        boolean complete,
        int ended,
        @Nullable TakeOver taking) {

    static final FeedMemory UNSEEN = new FeedMemory(Instant.EPOCH, false, 0, null);

    /**
     * The difference of a scan that is too large to be taken over at once.
     *
     * @param after the last tag that was taken over
     * @param event the end of the scan
     */
    public record TakeOver(String after, Wakeup event) {}

    boolean isStale(Instant scanStart) {
        return scanStart.isBefore(newestScan);
    }

    FeedMemory saw(Instant scanStart) {
        return scanStart.isAfter(newestScan) ? new FeedMemory(scanStart, complete, ended, taking) : this;
    }

    /** A scan has ended. What an earlier one left is taken over with it: by tag there is never more than one word. */
    FeedMemory end(Wakeup event) {
        return new FeedMemory(newestScan, complete, ended + 1, new TakeOver("", event));
    }

    FeedMemory takenUpTo(String tag) {
        return taking == null ? this : new FeedMemory(newestScan, complete, ended, new TakeOver(tag, taking.event()));
    }

    FeedMemory taken() {
        return new FeedMemory(newestScan, true, ended, null);
    }
}
