package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Feed;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.RetryDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Makes what works a feed in an epoch.
 *
 * @param scanIds names scans, each of them once
 * @param auditWindow how long the log keeps what is gone
 */
public record FeedOpener(
        Registry registry,
        EventPublisher events,
        FeedWorker.ScanListener listener,
        RetryDelay retries,
        Supplier<String> scanIds,
        Duration auditWindow,
        Clock clock) {

    OwnedFeed open(Feed feed, FeedState state, Ownership ownership, Epoch epoch) {
        FencedLog log = new FencedLog(events, ownership, epoch);
        FeedWorker worker = new FeedWorker(feed, state, registry, log, clock, retries, scanIds, listener, auditWindow);
        return new OwnedFeed(feed, state, log, worker, clock.instant());
    }
}
