package dev.tidemark.evaluator.streams;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to commit. With exactly-once nobody sees a decision before its transaction is committed, and a commit costs
 * milliseconds and a marker in every partition written: the first decision is committed at once, those that follow on
 * its heels together, and input that leads to none waits for Streams' own interval.
 *
 * <p>Between two commits under load there is several times as much time for work as the last one took, so that a slow
 * broker costs latency and not throughput.
 */
final class CommitPace {

    /** Even the quickest commit is worth sharing. */
    static final Duration LEAST_GAP = Duration.ofMillis(10);

    /** However slow the broker is, a decision waits no longer for others to share its commit. */
    static final Duration MOST_GAP = Duration.ofMillis(300);

    /** A commit is waited for; this leaves three quarters of the time for work. */
    private static final int WORK_FOR_A_COMMIT = 3;

    /** Several round trips to the broker; a record takes less. */
    private static final Duration SHORTEST_COMMIT = Duration.ofMillis(2);

    private final Runnable commit;
    private final LongSupplier nanos;
    private boolean written;
    private boolean committing;
    private long lastLook;
    private long finished;
    private long gap = LEAST_GAP.toNanos();

    CommitPace(Runnable commit, LongSupplier nanos) {
        this.commit = commit;
        this.nanos = nanos;
        this.lastLook = nanos.getAsLong();
        this.finished = lastLook - gap;
    }

    /** Something was written that somebody waits for. */
    void wrote() {
        written = true;
    }

    /**
     * Asks for a commit if one is due; to be called after each record and at every tick. The thread that asks is the one
     * that commits, some records later: the pause in these calls is the commit.
     */
    void look() {
        long now = nanos.getAsLong();
        long pause = now - lastLook;
        lastLook = now;
        if (committing && pause >= SHORTEST_COMMIT.toNanos()) {
            committing = false;
            finished = now;
            gap = Math.clamp(WORK_FOR_A_COMMIT * pause, LEAST_GAP.toNanos(), MOST_GAP.toNanos());
        }
        if (written && !committing && now - finished >= gap) {
            commit.run();
            written = false;
            committing = true;
        }
    }
}
