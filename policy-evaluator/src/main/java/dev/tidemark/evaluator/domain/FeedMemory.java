package dev.tidemark.evaluator.domain;

import java.time.Instant;

/**
 * What is remembered of a feed.
 *
 * @param newestScan start of the newest scan seen; facts of older ones are ignored
 * @param complete whether a full scan has ever completed
 */
public record FeedMemory(Instant newestScan, boolean complete) {

    static final FeedMemory UNSEEN = new FeedMemory(Instant.EPOCH, false);

    boolean isStale(Instant scanStart) {
        return scanStart.isBefore(newestScan);
    }

    FeedMemory saw(Instant scanStart, boolean completed) {
        return new FeedMemory(scanStart.isAfter(newestScan) ? scanStart : newestScan, complete || completed);
    }
}
