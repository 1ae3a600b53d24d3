package dev.tidemark.watcher.reconcile;

import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.reconcile.FeedWork.Resolve;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be done for one feed, and what comes next: tags that webhooks name, then the scan that is wanted or due,
 * then the other tags, then a report. So neither a webhook nor a scan waits for ten thousand digests that somebody wants
 * to know. Under its owner's lock.
 */
final class PendingWork {

    final PendingChecks checks = new PendingChecks();
    final PendingScan scan = new PendingScan();
    private @Nullable Instant reportDue;

    void reportNow() {
        reportDue = Instant.MIN;
    }

    void reportAfter(Instant now, Duration pause) {
        reportDue = reportDue == null ? now.plus(pause) : reportDue;
    }

    void noReport() {
        reportDue = null;
    }

    /** What is to be done now; empty when everything has time. */
    Optional<FeedWork> next(Instant now) {
        Resolve claimed = checks.take(TagCheck.Purpose.CLAIMED, now);
        if (claimed != null) {
            return Optional.of(claimed);
        }
        if (scan.isDue(now)) {
            reportDue = null;
            return Optional.of(scan.take());
        }
        Resolve asked = checks.take(TagCheck.Purpose.ASKED, now);
        Resolve other = asked == null ? checks.take(TagCheck.Purpose.FOLLOWED, now) : asked;
        if (other != null) {
            return Optional.of(other);
        }
        if (reportDue != null && !reportDue.isAfter(now)) {
            reportDue = null;
            return Optional.of(new FeedWork.Report());
        }
        return Optional.empty();
    }

    /** A tag that somebody waits for and that may be asked for now. */
    Optional<Resolve> nextAwaited(Instant now) {
        Resolve claimed = checks.take(TagCheck.Purpose.CLAIMED, now);
        return Optional.ofNullable(claimed == null ? checks.take(TagCheck.Purpose.ASKED, now) : claimed);
    }

    /** When {@link #next} has something to do. */
    Instant earliest() {
        Instant earliest = min(scan.earliest(), checks.earliest());
        return reportDue == null ? earliest : min(earliest, reportDue);
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
