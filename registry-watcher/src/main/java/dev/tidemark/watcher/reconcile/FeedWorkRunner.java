package dev.tidemark.watcher.reconcile;

import dev.tidemark.runtime.Faults;
import dev.tidemark.watcher.domain.DuringScan;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.RetryDelay;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.WatchedFeed;
import dev.tidemark.watcher.reconcile.FeedWork.FullScan;
import dev.tidemark.watcher.reconcile.FeedWork.Resolve;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Does one piece of work on a feed; whatever goes wrong with it has an end, see {@link FeedFaults}. */
final class FeedWorkRunner {

    /** From an answer that changes the tags to the status that says so: a burst of pushes is reported once. */
    private static final Duration REPORT_PAUSE = Duration.ofSeconds(1);

    /** Requests for one tag before a full scan takes over. */
    private static final int MAX_TRIES = 5;

    /** A registry that asks for more is left to the scans: the log knows when the next one is due. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Tags between two pages: ten thousand that are asked for must not keep a scan from its end. */
    private static final int TAGS_A_PAGE = 20;

    private final FeedFaults faults;
    private final RetryDelay retries;
    private final boolean tagsAreTold;
    private final Clock clock;

    FeedWorkRunner(FeedFaults faults, RetryDelay retries, boolean tagsAreTold, Clock clock) {
        this.faults = faults;
        this.retries = retries;
        this.tagsAreTold = tagsAreTold;
        this.clock = clock;
    }

    void perform(OwnedFeed feed, WatchedFeed watched, FeedWork work) throws InterruptedException {
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
            faults.failed(feed, watched, work, fault);
        }
    }

    static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void resolve(OwnedFeed feed, WatchedFeed watched, Resolve resolve) {
        TagCheck check = resolve.check();
        String before = feed.state().tags().checksum();
        FeedWorker.Checked checked = feed.worker().resolve(watched, check);
        if (tagsAreTold && !before.equals(feed.state().tags().checksum())) {
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

    static void putOff(OwnedFeed feed, Resolve resolve, Instant notBefore) {
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
}
