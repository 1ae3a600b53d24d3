package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Feed;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.watcher.domain.BaseLimits;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.RetryDelay;
import dev.tidemark.watcher.domain.ScanRoom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes what claims a partition and works a feed in an epoch.
 *
 * @param listeners hears for an owner how scans end
 * @param owner names this process, for people
 * @param ids names scans and claims, each of them once
 * @param auditWindow how long the log keeps what is gone
 */
public record FeedOpener(
        Registry registry,
        EventPublisher events,
        Function<StatusOwner, FeedWorker.ScanListener> listeners,
        RetryDelay retries,
        String owner,
        Supplier<String> ids,
        Duration auditWindow,
        BaseLimits limits,
        ScanRoom room,
        Clock clock) {

    PartitionClaim claim(Epoch assignment) {
        return new PartitionClaim(assignment, owner, ids.get());
    }

    /**
     * @param epoch of the owner in the log
     * @param through up to which offset it has read its partition of tags
     */
    OwnedFeed open(
            Feed feed, FeedState state, Ownership ownership, Epoch assignment, long epoch, LongSupplier through) {
        FencedLog log = new FencedLog(events, ownership, assignment);
        FeedWorker.ScanListener listener = listeners.apply(StatusOwner.of(ownership, assignment));
        FollowedFeed followed = new FollowedFeed(through);
        FeedWorker worker = new FeedWorker(
                feed, epoch, state, registry, log, clock, retries, ids, listener, auditWindow, followed, limits, room);
        return new OwnedFeed(feed, state, log, worker, followed, clock.instant());
    }
}
