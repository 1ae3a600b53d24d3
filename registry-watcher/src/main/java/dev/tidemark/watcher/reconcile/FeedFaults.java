package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.flux.Redaction;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.watcher.domain.FeedLog;
import dev.tidemark.watcher.domain.RetryDelay;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.WatchedFeed;
import dev.tidemark.watcher.reconcile.FeedWork.FullScan;
import dev.tidemark.watcher.reconcile.FeedWork.Resolve;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What becomes of work on a feed that met a fault: it is said in status and log, and the feed's work goes on. */
final class FeedFaults {

    private static final System.Logger LOG = System.getLogger(FeedFaults.class.getName());

    private static final String FAULT = "a fault of Tidemark itself, please report it: ";

    private final RetryDelay retries;
    private final Clock clock;

    FeedFaults(RetryDelay retries, Clock clock) {
        this.retries = retries;
        this.clock = clock;
    }

    /** Whatever went wrong has an end: it is said, and the feed's work goes on. */
    void failed(OwnedFeed feed, WatchedFeed watched, FeedWork work, Throwable fault) {
        Instant nextTry = clock.instant().plus(retries.after(feed.faulted(), null));
        boolean notOurs = fault instanceof FeedLog.NotOwnerException;
        boolean logAway = notOurs || fault instanceof LogUnavailableException;
        String why = logAway ? String.valueOf(fault.getMessage()) : FAULT + reason(fault);
        LOG.log(
                logAway ? Level.WARNING : Level.ERROR,
                LogKeys.line(
                        "feed-retrying", LogKeys.FEED, feed.feed(), LogKeys.NEXT_TRY, nextTry, LogKeys.REASON, why),
                logAway ? null : fault);
        boolean worthSaying = !notOurs && (!logAway || work instanceof FullScan);
        boolean said = worthSaying && say(feed, watched, work, why, nextTry);
        boolean ended = said && !logAway;
        switch (work) {
            case Resolve resolve
            when ended -> {
                feed.requests().scanNotAfter(nextTry);
                FeedWorkRunner.putOff(feed, resolve, nextTry);
            }
            case Resolve resolve -> feed.requests().putBack(resolve, resolve.tries(), nextTry);
            case FeedWork.Report report -> feed.requests().reportAfter(nextTry, Duration.ZERO);
            case FullScan scan -> {
                feed.requests().scanAt(nextTry);
                if (ended) {
                    scan.waiters().forEach(Runnable::run);
                } else {
                    feed.requests().putBack(scan);
                }
            }
        }
    }

    private static boolean say(OwnedFeed feed, WatchedFeed watched, FeedWork work, String why, Instant nextTry) {
        boolean awaited = work instanceof Resolve(TagCheck check, var waiters, int tries, Instant time)
                ? check.purpose() == TagCheck.Purpose.CLAIMED
                : work instanceof FullScan scan && scan.urgency() == Urgency.AWAITED;
        try {
            feed.worker().faulted(watched, awaited ? Urgency.AWAITED : Urgency.ROUTINE, why, nextTry);
            return true;
        } catch (RuntimeException untold) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line(
                            "status-not-written",
                            LogKeys.FEED,
                            feed.feed(),
                            LogKeys.REASON,
                            String.valueOf(untold.getMessage())));
            return false;
        }
    }

    private static String reason(Throwable fault) {
        return fault.getMessage() == null
                ? "no reason is known"
                : Redaction.ofUrls().apply(fault.getMessage());
    }

    /** A fault around the work of a feed. */
    void around(Feed key, Optional<OwnedFeed> owned, Throwable fault, Instant nextTry) {
        LOG.log(
                Level.ERROR,
                LogKeys.line(
                        "feed-retrying",
                        LogKeys.FEED,
                        key,
                        LogKeys.NEXT_TRY,
                        nextTry,
                        LogKeys.REASON,
                        FAULT + reason(fault)),
                fault);
        owned.ifPresent(feed -> feed.watched()
                .ifPresent(watched -> feed.worker().faulted(watched, Urgency.ROUTINE, FAULT + reason(fault), nextTry)));
    }
}
