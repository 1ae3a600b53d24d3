package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.reconcile.FeedWork.FullScan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next full scan of one feed: when it is due, who wants it, and what the log owes. Under its owner's lock. */
final class PendingScan {

    private final List<Runnable> waiters = new ArrayList<>();
    private Instant due = Instant.MAX;
    private boolean wanted;
    private @Nullable Envelope<?> cause;

    /** The log says that the feed is due at once: what webhooks name is finished when it is noted here. */
    private boolean owing;

    /** Something was finished in that way since the running scan began, so that it may be missing in its list. */
    private boolean owedMeanwhile;

    void dueAt(Instant time) {
        due = time;
    }

    void notAfter(Instant time) {
        due = due.isAfter(time) ? time : due;
    }

    /** It does not wait until it is due. */
    void want() {
        wanted = true;
    }

    void keep(@Nullable Envelope<?> asking, List<Runnable> waiting) {
        waiters.addAll(waiting);
        cause = cause == null ? asking : cause;
    }

    boolean isOwing() {
        return owing;
    }

    /** Something more counts as finished, since the log says that the feed is due at once. */
    void owe() {
        owing = true;
        owedMeanwhile = true;
    }

    /** Nobody waits any more; returns who did. */
    List<Runnable> release() {
        List<Runnable> released = List.copyOf(waiters);
        waiters.clear();
        return released;
    }

    void begins() {
        owedMeanwhile = false;
    }

    /** Whether something was released since the scan began; from now on nothing is before the next {@link #owe}. */
    boolean owesAnother() {
        owing = false;
        return owedMeanwhile;
    }

    boolean isDue(Instant now) {
        return wanted || !due.isAfter(now);
    }

    Instant earliest() {
        return wanted ? Instant.MIN : due;
    }

    FullScan take() {
        FullScan scan = new FullScan(
                wanted || !waiters.isEmpty() ? Urgency.AWAITED : Urgency.ROUTINE, cause, List.copyOf(waiters));
        waiters.clear();
        wanted = false;
        cause = null;
        return scan;
    }

    /** It is neither due nor wanted; returns who waited. */
    List<Runnable> clear() {
        List<Runnable> waited = take().waiters();
        due = Instant.MAX;
        return waited;
    }
}
