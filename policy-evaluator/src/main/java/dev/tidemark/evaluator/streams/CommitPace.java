package dev.tidemark.evaluator.streams;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to commit. With exactly-once nobody sees a decision before its transaction is committed, and a commit costs
 * milliseconds and a marker in every partition written: the first few decisions are committed at once, those that follow
 * on their heels together, and input that leads to none waits for Streams' own interval.
 *
 * <p>Each commit owes several times as much time for work as it took, so that a slow broker costs latency and not
 * throughput. A little of that may be owed: one push is often reported for more than one feed.
 */
final class CommitPace {

    /** Even the quickest commit is worth sharing. */
    static final Duration LEAST_OWED = Duration.ofMillis(10);

    /** However slow the broker is, a decision waits no longer for others to share its commit. */
    static final Duration MOST_OWED = Duration.ofMillis(300);

    /** Two or three commits of a broker at rest. */
    static final Duration CREDIT = Duration.ofMillis(60);

    /** A commit is waited for; this leaves three quarters of the time for work. */
    private static final int WORK_FOR_A_COMMIT = 3;

    /** Several round trips to the broker; a record takes less. */
    private static final Duration SHORTEST_COMMIT = Duration.ofMillis(2);

    private final Runnable commit;
    private final LongSupplier nanos;
    private boolean written;
    private boolean committing;
    private long lastCheck;
    private long owed;

    CommitPace(Runnable commit, LongSupplier nanos) {
        this.commit = commit;
        this.nanos = nanos;
        this.lastCheck = nanos.getAsLong();
    }

    /** Whether {@link #check} is to be called again soon. */
    boolean isPending() {
        return written || committing;
    }

    /** Something was written that somebody waits for. */
    void wrote() {
        written = true;
    }

    /**
     * Asks for a commit if one is due; to be called after each record and at every tick. The thread that asks is the one
     * that commits, some records later: the pause in these calls is the commit.
     */
    void check() {
        long now = nanos.getAsLong();
        long pause = now - lastCheck;
        lastCheck = now;
        if (committing && pause >= SHORTEST_COMMIT.toNanos()) {
            committing = false;
            owed += Math.max(WORK_FOR_A_COMMIT * pause, LEAST_OWED.toNanos());
            owed = Math.min(owed, MOST_OWED.toNanos());
        } else {
            owed = Math.max(0, owed - pause);
        }
        if (written && !committing && owed <= CREDIT.toNanos()) {
            commit.run();
            written = false;
            committing = true;
        }
    }
}
