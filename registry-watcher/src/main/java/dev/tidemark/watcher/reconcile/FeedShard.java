package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PartitionClaimed;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.partition.Shard;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.WatchedFeed;
import dev.tidemark.watcher.domain.Watchlist;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The feeds of one partition in one epoch: what the log knows of them, and what is notified of their images. */
public final class FeedShard implements Shard {

    private static final System.Logger LOG = System.getLogger(FeedShard.class.getName());

    private final Epoch epoch;
    private final Ownership ownership;
    private final BiConsumer<Epoch, String> rejoin;
    private final Shared shared;
    private final FeedQueue queue;
    private final TagChecks checks;
    private final PartitionClaim claim;

    /** While loading, by one thread. */
    private final LoadedPartition loaded;

    private final ReentrantLock lock = new ReentrantLock();
    private final FeedIndex feeds = new FeedIndex();
    private volatile @Nullable Notifications notifications;
    private Runnable unfollow = () -> {};
    private boolean active;

    /** The offset of {@code tag-discovered} up to which the partition was read. */
    private volatile long through;

    /**
     * What all shards of a replica share.
     *
     * @param activated told of each partition whose work may begin
     */
    public record Shared(
            OwnedFeeds owned,
            Watchlist watchlist,
            ReconcileLoop<Feed> loop,
            FeedOpener opener,
            RequestedChecks requests,
            OwnPartition log,
            IntConsumer activated,
            Scheduler scheduler) {}

    /** @param rejoin called when somebody else has claimed the partition, with words for people */
    public FeedShard(Epoch epoch, Ownership ownership, BiConsumer<Epoch, String> rejoin, Shared shared) {
        this.epoch = epoch;
        this.ownership = ownership;
        this.rejoin = rejoin;
        this.shared = shared;
        this.queue = new FeedQueue(shared.loop());
        this.checks = new TagChecks(shared.requests(), new RequestedTags(feeds, queue), shared.scheduler());
        this.claim = shared.opener().claim(epoch);
        this.loaded = new LoadedPartition(epoch.partition(), claim);
    }

    Epoch epoch() {
        return epoch;
    }

    @Override
    public void begin() throws InterruptedException {
        if (!shared.watchlist().isComplete()) {
            // a notification would count as finished since nothing names its image
            throw new IllegalStateException("what is declared cannot be read yet");
        }
        claim.write(ownership, shared.opener().events(), shared.scheduler().clock());
    }

    @Override
    public void load(LogRecord record) {
        loaded.take(record);
    }

    @Override
    public void loaded() {
        loaded.end();
    }

    @Override
    public void activated() {
        lock.lock();
        try {
            active = true;
            through = loaded.next().getOrDefault(Topic.TAG_DISCOVERED, 0L) - 1;
            notifications = new Notifications(shared.owned(), feeds, epoch.partition(), loaded.answered());
            loaded.states().forEach(this::open);
            loaded.late().forEach((feed, keys) -> opened(feed).late().add(keys.take()));
            unfollow = shared.log().follow(epoch.partition(), loaded.next(), this::follow);
        } finally {
            lock.unlock();
        }
        shared.owned().add(this);
        watchAll();
        feeds.all().stream()
                .filter(feed -> feed.watched().isEmpty() || loaded.late().containsKey(feed.feed()))
                .forEach(feed -> queue.submit(feed, Priority.ROUTINE));
        loaded.forget();
        shared.activated().accept(epoch.partition());
        checks.read(shared.requests().keys(epoch.partition()));
    }

    private OwnedFeed open(Feed feed, FeedState state) {
        OwnedFeed opened = shared.opener().open(feed, state, ownership, epoch, loaded.epoch(), () -> through);
        feeds.add(opened);
        return opened;
    }

    private OwnedFeed opened(Feed feed) {
        return feeds.find(feed).orElseGet(() -> open(feed, new FeedState()));
    }

    /** Something was written to the partition behind what was loaded: by us, or by somebody who thinks that it is his. */
    private void follow(LogRecord record) {
        if (record.topic() == Topic.TAG_DISCOVERED) {
            through = record.offset();
        }
        if (record.envelope() != null && record.envelope().event() instanceof PartitionClaimed other) {
            if (record.offset() > loaded.epoch() && !claim.isOwn(other)) {
                rejoin.accept(
                        epoch,
                        "partition " + epoch.partition() + " was claimed by " + other.owner()
                                + " after this replica: joining the group again, which says whose it is");
            }
            return;
        }
        if (record.ownerEpoch() >= loaded.epoch()) {
            readBack(record);
            return;
        }
        LOG.log(
                Level.WARNING,
                LogKeys.line(
                        "late-record",
                        LogKeys.PARTITION,
                        epoch.partition(),
                        "key",
                        record.key(),
                        LogKeys.REASON,
                        "its writer does not own the partition any more: what is known is written again behind it"));
        OwnedFeed feed;
        lock.lock();
        try {
            if (!active) {
                return;
            }
            feed = opened(LoadedPartition.feedOf(record.key()));
        } finally {
            lock.unlock();
        }
        feed.late().add(record.topic(), record.key());
        queue.submit(feed, Priority.ROUTINE);
    }

    private void readBack(LogRecord record) {
        Envelope<?> envelope = record.envelope();
        if (record.topic() == Topic.TAG_DISCOVERED && envelope != null && envelope.event() instanceof FeedEvent event) {
            feeds.find(event.feed()).ifPresent(feed -> feed.followed().read(envelope.id()));
        }
    }

    /** Takes up what the resources name of this partition. */
    private void watchAll() {
        lock.lock();
        try {
            if (active) {
                shared.watchlist().ofPartition(epoch.partition()).forEach(this::watch);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The resources that name a feed have changed, or name it in another way. */
    void adjust(Feed name) {
        lock.lock();
        try {
            if (active) {
                shared.watchlist().find(name).ifPresentOrElse(this::watch, () -> feeds.find(name)
                        .ifPresent(this::unwatch));
            }
        } finally {
            lock.unlock();
        }
    }

    private void watch(WatchedFeed now) {
        OwnedFeed feed = opened(now.feed());
        Set<ResourceId> before = feed.named();
        if (feed.watch(now, shared.scheduler().now())) {
            feeds.named(feed.feed(), before, feed.named());
            queue.submit(feed, Priority.ROUTINE);
        }
    }

    /** What runs for it ends now; its next run sees to it that it is forgotten in time. */
    private void unwatch(OwnedFeed feed) {
        Set<ResourceId> before = feed.named();
        if (feed.unwatch(shared.scheduler().now())) {
            feeds.named(feed.feed(), before, Set.of());
            var unused = shared.loop().stopOne(feed.feed());
            shared.loop().cancelOne(feed.feed());
            queue.submit(feed, Priority.ROUTINE);
        }
    }

    /** The feeds here that a resource was seen to name. */
    Set<Feed> namedBy(ResourceId resource) {
        return feeds.namedBy(resource);
    }

    /** What a feed is scanned with has changed: whether that concerns it, its run knows. */
    void accessChanged(Feed name) {
        feeds.find(name).ifPresent(feed -> {
            feed.accessChanged();
            queue.submit(feed, Priority.ROUTINE);
        });
    }

    Collection<OwnedFeed> feeds() {
        return feeds.all();
    }

    Optional<OwnedFeed> find(Feed feed) {
        return feeds.find(feed);
    }

    /** Nobody has named the feed for so long that the log has forgotten it. */
    void remove(OwnedFeed feed) {
        lock.lock();
        try {
            if (feed.watched().isEmpty()) {
                feeds.remove(feed);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void record(LogRecord record, Runnable done) {
        Notifications mine = notifications;
        if (mine == null) {
            throw new IllegalStateException("a record comes to a shard that is active");
        }
        if (record.envelope() != null && record.envelope().event() instanceof RegistryNotified notified) {
            adjustListed(notified);
        }
        mine.take(record, done, feed -> queue.submit(feed, Priority.URGENT));
    }

    /** Whoever was let in may list a resource whose change is only just being told of. */
    private void adjustListed(RegistryNotified notified) {
        for (String listed : notified.listed()) {
            shared.watchlist()
                    .feedOf(listed)
                    .filter(feed -> feed.image().equals(notified.image()))
                    .filter(feed -> feeds.find(feed).stream()
                            .flatMap(owned -> owned.named().stream())
                            .noneMatch(id -> id.toString().equals(listed)))
                    .ifPresent(this::adjust);
        }
    }

    /** What is requested of single tags under these keys has changed. */
    public void requested(Collection<String> keys) {
        lock.lock();
        try {
            if (!active) {
                return;
            }
        } finally {
            lock.unlock();
        }
        checks.read(keys);
    }

    /** Batches of effects come to their end; who waits for a registry is interrupted at once. */
    @Override
    public CompletableFuture<Void> close() {
        Runnable following;
        lock.lock();
        try {
            active = false;
            following = unfollow;
        } finally {
            lock.unlock();
        }
        following.run();
        shared.owned().remove(this);
        checks.close();
        feeds.all().forEach(feed -> feed.requests().close());
        CompletableFuture<Void> ended = shared.loop().stop(feeds::contains);
        shared.loop()
                .cancel(feed -> find(feed).filter(mine -> !mine.isWriting()).isPresent());
        return ended;
    }

    @Override
    public void cancel() {
        shared.loop().cancel(feeds::contains);
    }
}
