package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.watcher.domain.DuringScan;
import dev.tidemark.watcher.domain.FeedLog;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.LateWords;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Works feeds: one request after the other until everything of the feed has time. */
public final class FeedReconciler implements Reconciler<Feed> {

    private static final System.Logger LOG = System.getLogger(FeedReconciler.class.getName());

    /** From an answer that changes the tags to the status that says so: a burst of pushes is reported once. */
    private static final Duration REPORT_PAUSE = Duration.ofSeconds(1);

    /** Requests for one tag before a full scan takes over. */
    private static final int MAX_TRIES = 5;

    /** A registry that asks for more is left to the scans: the log knows when the next one is due. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Tags between two pages: ten thousand that are asked for must not keep a scan from its end. */
    private static final int TAGS_A_PAGE = 20;

    /** A clock that was set is noticed after this at the latest. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final String FAULT = "a fault of Tidemark itself, please report it: ";

    private final OwnedFeeds owned;
    private final Function<ResourceId, @Nullable String> handledRequest;
    private final RetryDelay retries;
    private final Duration auditWindow;
    private final Clock clock;

    /** @param handledRequest the request that was handled last for a resource, null when that is not known */
    public FeedReconciler(
            OwnedFeeds owned,
            Function<ResourceId, @Nullable String> handledRequest,
            RetryDelay retries,
            Duration auditWindow,
            Clock clock) {
        this.owned = owned;
        this.handledRequest = handledRequest;
        this.retries = retries;
        this.auditWindow = auditWindow;
        this.clock = clock;
    }

    @Override
    public ReconcileResult reconcile(Feed key, Run run) throws InterruptedException {
        Optional<OwnedFeed> found = owned.find(key);
        if (found.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        OwnedFeed feed = found.get();
        if (!restated(feed)) {
            return new ReconcileResult.Retry();
        }
        for (Optional<WatchedFeed> watched = feed.watched(); watched.isPresent(); watched = feed.watched()) {
            feed.begin(watched.get(), clock.instant());
            if (feed.isRequested(watched.get(), handledRequest)) {
                feed.requests().addScan(null, () -> {});
            }
            Optional<FeedWork> work = feed.requests().take(clock.instant());
            if (work.isEmpty()) {
                return new ReconcileResult.Done(until(feed.requests().earliest()));
            }
            perform(feed, watched.get(), work.get());
        }
        return unnamed(feed);
    }

    /** Whether what an earlier owner has written late stands behind what is known; it is tried again where it does not. */
    private static boolean restated(OwnedFeed feed) throws InterruptedException {
        LateWords late = feed.late().take();
        if (late.isEmpty()) {
            return true;
        }
        try {
            feed.worker().restate(late);
        } catch (LogUnavailableException | FeedLog.NotOwnerException later) {
            feed.late().add(late);
            stopIfInterrupted();
            return false;
        }
        feed.requests().addScan(null, () -> {});
        return true;
    }

    private Duration until(Instant time) {
        Instant now = clock.instant();
        Instant latest = now.plus(LONGEST_WAIT);
        return time.isAfter(now) ? Duration.between(now, time.isAfter(latest) ? latest : time) : Duration.ZERO;
    }

    /** In the log it is history as long as the audit window; then log and replica forget it. */
    private ReconcileResult unnamed(OwnedFeed feed) throws InterruptedException {
        Instant due = feed.forgottenAt(auditWindow);
        if (due.isAfter(clock.instant())) {
            return new ReconcileResult.Done(until(due));
        }
        try {
            feed.worker().forgetFeed();
        } catch (LogUnavailableException | FeedLog.NotOwnerException later) {
            stopIfInterrupted();
            return new ReconcileResult.Retry();
        }
        owned.shard(owned.partition(feed.feed().image())).ifPresent(shard -> shard.remove(feed));
        LOG.log(
                Level.INFO,
                LogKeys.line(
                        "feed-forgotten",
                        LogKeys.FEED,
                        feed.feed(),
                        LogKeys.REASON,
                        "no resource has named it for the audit window"));
        return new ReconcileResult.Gone();
    }

    private void perform(OwnedFeed feed, WatchedFeed watched, FeedWork work) throws InterruptedException {
        try {
            switch (work) {
                case Resolve resolve -> resolve(feed, watched, resolve);
                case FeedWork.Report report -> feed.worker().report(watched);
                case FullScan scan -> scan(feed, watched, scan);
            }
            feed.worked();
        } catch (RuntimeException | Error fault) {
            if (Thread.currentThread().isInterrupted()) {
                feed.requests().abandon(work);
                stopIfInterrupted();
            }
            Faults.rethrowFatal(fault);
            failed(feed, watched, work, fault);
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void resolve(OwnedFeed feed, WatchedFeed watched, Resolve resolve) {
        TagCheck check = resolve.check();
        FeedWorker worker = feed.worker();
        String before = feed.state().tags().checksum();
        FeedWorker.Checked checked = worker.resolve(watched, check);
        if (!before.equals(feed.state().tags().checksum())) {
            feed.requests().reportAfter(clock.instant(), REPORT_PAUSE);
        }
        switch (checked) {
            case FeedWorker.Checked.Done(boolean news)
            when news || check.purpose() != TagCheck.Purpose.CLAIMED -> tell(resolve);
            // The sender may have named one tag of several, or its word of another one was lost.
            case FeedWorker.Checked.Done known -> scanInstead(feed, resolve);
            case FeedWorker.Checked.AskAgain(@Nullable Duration retryAfter)
            when check.purpose() == TagCheck.Purpose.CLAIMED
                    && retryAfter != null
                    && retryAfter.compareTo(PATIENCE) > 0 -> scanInstead(feed, resolve);
            case FeedWorker.Checked.AskAgain(@Nullable Duration retryAfter) ->
                putOff(feed, resolve, clock.instant().plus(retries.after(resolve.tries() + 1, retryAfter)));
        }
    }

    private static void tell(Resolve resolve) {
        resolve.waiters().forEach(waiter -> waiter.accept(TagCheck.Ended.DONE));
    }

    /** What a webhook claims a full scan finds too. */
    private static void scanInstead(OwnedFeed feed, Resolve resolve) {
        feed.requests().addScan(resolve.check().cause(), () -> tell(resolve));
    }

    private static void putOff(OwnedFeed feed, Resolve resolve, Instant notBefore) {
        int tries = resolve.tries() + 1;
        switch (resolve.check().purpose()) {
            case ASKED -> feed.requests().putBack(resolve, tries, notBefore);
            case CLAIMED -> {
                feed.worker().oweScan(resolve.check().cause());
                feed.requests().release(notBefore);
                tell(resolve);
                Resolve settled = new Resolve(resolve.check(), List.of(), tries, notBefore);
                if (tries < MAX_TRIES) {
                    feed.requests().putBack(settled, tries, notBefore);
                } else {
                    scanInstead(feed, settled);
                }
            }
            // Who follows a digest comes back by itself.
            case FOLLOWED -> {
                if (tries < MAX_TRIES) {
                    feed.requests().putBack(resolve, tries, notBefore);
                } else {
                    tell(resolve);
                }
            }
        }
    }

    private void scan(OwnedFeed feed, WatchedFeed watched, FullScan scan) {
        FeedRequests requests = feed.requests();
        requests.scanBegins();
        feed.worker().scan(watched, scan.urgency(), scan.cause(), new DuringScan() {
            @Override
            public void pageEnded() {
                urgentWork(feed, watched);
            }

            @Override
            public boolean owesAnother() {
                return requests.owesAnotherScan();
            }
        });
        Instant next = feed.state().nextDue();
        requests.scanAt(next == null ? clock.instant().plus(watched.interval()) : next);
        if (feed.state().failure() == null) {
            requests.checksAreDue();
        } else if (scan.urgency() == Urgency.AWAITED) {
            requests.release(clock.instant());
        }
        scan.waiters().forEach(Runnable::run);
    }

    /** Between two pages of a scan: single tags do not wait for a long list. */
    private void urgentWork(OwnedFeed feed, WatchedFeed watched) {
        for (int tags = 0; tags < TAGS_A_PAGE; tags++) {
            Optional<Resolve> next = feed.requests().takeAwaited(clock.instant());
            if (next.isEmpty()) {
                return;
            }
            try {
                perform(feed, watched, next.get());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new CancellationException("cancelled between two pages of a scan");
            }
        }
    }

    /** Whatever went wrong has an end: it is said, and the feed's work goes on. */
    private void failed(OwnedFeed feed, WatchedFeed watched, FeedWork work, Throwable fault) {
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
                putOff(feed, resolve, nextTry);
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

    /** Only what is around the work of a feed can end here, such as a status that cannot be read. */
    @Override
    public void failed(Feed key, Throwable fault, Run run) {
        LOG.log(
                Level.ERROR,
                LogKeys.line(
                        "feed-retrying",
                        LogKeys.FEED,
                        key,
                        LogKeys.NEXT_TRY,
                        run.nextTry(),
                        LogKeys.REASON,
                        FAULT + reason(fault)),
                fault);
        owned.find(key).ifPresent(feed -> feed.watched().ifPresent(watched -> feed.worker()
                .faulted(watched, Urgency.ROUTINE, FAULT + reason(fault), run.nextTry())));
    }
}
