package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.watcher.domain.FeedLog;
import dev.tidemark.watcher.domain.LateWrites;
import dev.tidemark.watcher.domain.RetryDelay;
import dev.tidemark.watcher.domain.WatchedFeed;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Works feeds: one request after the other until everything of the feed has time. */
public final class FeedReconciler implements Reconciler<Feed> {

    private static final System.Logger LOG = System.getLogger(FeedReconciler.class.getName());

    /** A clock that was set is noticed after this at the latest. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final OwnedFeeds owned;
    private final Function<ResourceId, @Nullable String> handledRequest;
    private final FeedWorkRunner runner;
    private final FeedFaults faults;
    private final Duration auditWindow;
    private final Clock clock;

    /**
     * @param handledRequest the request that was handled last for a resource, null when that is not known
     * @param tagsAreTold whether a status says what single tags have changed, or only what scans have: a write may cost more
     *     than that is worth (ADR 40)
     */
    public FeedReconciler(
            OwnedFeeds owned,
            Function<ResourceId, @Nullable String> handledRequest,
            RetryDelay retries,
            Duration auditWindow,
            boolean tagsAreTold,
            Clock clock) {
        this.owned = owned;
        this.handledRequest = handledRequest;
        this.faults = new FeedFaults(retries, clock);
        this.runner = new FeedWorkRunner(faults, retries, tagsAreTold, clock);
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
            feed.retryIfAccessChanged(clock.instant());
            if (feed.isRequested(watched.get(), handledRequest)) {
                feed.requests().addScan(null, () -> {});
            }
            Optional<FeedWork> work = feed.requests().take(clock.instant());
            if (work.isEmpty()) {
                return new ReconcileResult.Done(until(feed.requests().earliest()));
            }
            runner.perform(feed, watched.get(), work.get());
            feed.ended();
        }
        return unnamed(feed);
    }

    /** Whether what an earlier owner has written late stands behind what is known; it is tried again where it does not. */
    private static boolean restated(OwnedFeed feed) throws InterruptedException {
        LateWrites late = feed.late().take();
        if (late.isEmpty()) {
            return true;
        }
        try {
            feed.worker().restate(late);
        } catch (LogUnavailableException | FeedLog.NotOwnerException later) {
            feed.late().add(late);
            FeedWorkRunner.stopIfInterrupted();
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
            FeedWorkRunner.stopIfInterrupted();
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

    /** Only what is around the work of a feed can end here, such as a status that cannot be read. */
    @Override
    public void failed(Feed key, Throwable fault, Run run) {
        faults.around(key, owned.find(key), fault, run.nextTry());
    }
}
