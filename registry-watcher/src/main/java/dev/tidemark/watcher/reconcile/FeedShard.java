package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.LogRecord;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.partition.Shard;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.TagCheckScheduler;
import dev.tidemark.watcher.domain.WatchedFeed;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The feeds of one partition in one epoch: what the log knows of them, and what is notified of their images. */
public final class FeedShard implements Shard {

    private static final System.Logger LOG = System.getLogger(FeedShard.class.getName());

    private final Epoch epoch;
    private final Ownership ownership;
    private final Shared shared;
    private final TagChecks checks;

    /** While loading, by one thread. */
    private final Map<Feed, FeedState> states = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Feed, OwnedFeed> feeds = new ConcurrentHashMap<>();
    private final Map<ImageName, List<OwnedFeed>> byImage = new ConcurrentHashMap<>();
    private boolean active;

    /** What all shards of a replica share. */
    public record Shared(
            OwnedFeeds owned,
            ReconcileLoop<Feed> loop,
            FeedOpener opener,
            RequestedChecks requests,
            Scheduler scheduler) {}

    public FeedShard(Epoch epoch, Ownership ownership, Shared shared) {
        this.epoch = epoch;
        this.ownership = ownership;
        this.shared = shared;
        this.checks = new TagChecks(shared.requests(), this::check, shared.scheduler());
    }

    Epoch epoch() {
        return epoch;
    }

    @Override
    public void load(LogRecord record) {
        Envelope<?> envelope = record.envelope();
        if (envelope == null) {
            forget(record.key());
            return;
        }
        if (!(envelope.event() instanceof FeedEvent event)) {
            throw new IllegalArgumentException(
                    "not about a feed: " + envelope.type().wireName());
        }
        states.computeIfAbsent(event.feed(), feed -> new FeedState()).apply(event, envelope.time());
    }

    /** A tombstone's key is {@code feed|tag} or a feed; that of a feed comes after those of all its tags. */
    private void forget(String key) {
        int bar = key.indexOf('|');
        Feed feed = Feed.parse(bar < 0 ? key : key.substring(0, bar));
        FeedState state = states.get(feed);
        if (state != null && bar >= 0) {
            state.forget(key.substring(bar + 1));
        } else if (state != null && state.allTags().isEmpty()) {
            states.remove(feed);
        }
    }

    @Override
    public void activated() {
        lock.lock();
        try {
            active = true;
            states.forEach(this::open);
            states.clear();
        } finally {
            lock.unlock();
        }
        shared.owned().add(this);
        adjust();
        feeds.values().stream()
                .filter(feed -> feed.watched().isEmpty())
                .forEach(feed -> submit(feed, Priority.ROUTINE));
        checks.read(shared.requests().keys(epoch.partition()));
        LOG.log(
                Level.INFO,
                LogKeys.line("partition-active", LogKeys.PARTITION, epoch.partition(), LogKeys.COUNT, feeds.size()));
    }

    private OwnedFeed open(Feed feed, FeedState state) {
        OwnedFeed opened = shared.opener().open(feed, state, ownership, epoch);
        feeds.put(feed, opened);
        byImage.merge(feed.image(), List.of(opened), FeedShard::both);
        return opened;
    }

    private static List<OwnedFeed> both(List<OwnedFeed> some, List<OwnedFeed> more) {
        List<OwnedFeed> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** Takes up what the resources name now. */
    void adjust() {
        lock.lock();
        try {
            if (!active) {
                return;
            }
            Map<Feed, WatchedFeed> watched = shared.owned().watched(epoch.partition());
            Instant now = shared.scheduler().now();
            for (WatchedFeed one : watched.values()) {
                OwnedFeed known = feeds.get(one.feed());
                OwnedFeed feed = known == null ? open(one.feed(), new FeedState()) : known;
                if (feed.watch(one, now)) {
                    submit(feed, Priority.ROUTINE);
                }
            }
            Map<Feed, OwnedFeed> unnamed = new HashMap<>();
            for (OwnedFeed feed : feeds.values()) {
                if (!watched.containsKey(feed.feed()) && feed.unwatch(now)) {
                    unnamed.put(feed.feed(), feed);
                }
            }
            if (!unnamed.isEmpty()) {
                // what runs for them ends now; their next run sees to it that they are forgotten in time
                var unused = shared.loop().stop(unnamed::containsKey);
                shared.loop().cancel(unnamed::containsKey);
                unnamed.values().forEach(feed -> submit(feed, Priority.ROUTINE));
            }
        } finally {
            lock.unlock();
        }
    }

    private void submit(OwnedFeed feed, Priority priority) {
        try {
            shared.loop().submit(feed.feed(), priority);
        } catch (IllegalStateException tooMany) {
            LOG.log(
                    Level.ERROR,
                    LogKeys.line(
                            "feed-refused",
                            LogKeys.FEED,
                            feed.feed(),
                            LogKeys.REASON,
                            String.valueOf(tooMany.getMessage())));
            // nobody must wait for what is not done
            feed.requests().retire();
        }
    }

    Optional<OwnedFeed> find(Feed feed) {
        return Optional.ofNullable(feeds.get(feed));
    }

    /** Nobody has named the feed for so long that the log has forgotten it. */
    void remove(OwnedFeed feed) {
        lock.lock();
        try {
            if (feed.watched().isEmpty() && feeds.remove(feed.feed(), feed)) {
                byImage.computeIfPresent(feed.feed().image(), (image, all) -> {
                    List<OwnedFeed> rest =
                            all.stream().filter(one -> one != feed).toList();
                    return rest.isEmpty() ? null : rest;
                });
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void record(LogRecord record, Runnable done) {
        Envelope<?> envelope = record.envelope();
        if (envelope == null || !(envelope.event() instanceof RegistryNotified event)) {
            throw new UndecodableException("not a notification: "
                    + (envelope == null ? "no value" : envelope.type().wireName()));
        }
        int own = shared.owned().partition(event.image());
        if (own != epoch.partition()) {
            // Who owns the image will never see it here, and who sees it here does not own the image.
            throw new UndecodableException("a notification of " + event.image() + " belongs in partition " + own);
        }
        List<OwnedFeed> concerned = byImage.getOrDefault(event.image(), List.of()).stream()
                .filter(feed -> isListed(feed, event))
                .toList();
        if (concerned.isEmpty()) {
            done.run();
            return;
        }
        AtomicInteger open = new AtomicInteger(concerned.size());
        Runnable part = () -> {
            if (open.decrementAndGet() == 0) {
                done.run();
            }
        };
        for (OwnedFeed feed : concerned) {
            String tag = event.claimedTag();
            if (tag == null || !FeedWorker.isTag(tag)) {
                feed.requests().addScan(envelope, part);
            } else {
                feed.requests().add(new TagCheck(tag, TagCheck.Purpose.CLAIMED, envelope, how -> part.run()));
            }
            submit(feed, Priority.URGENT);
        }
    }

    private static boolean isListed(OwnedFeed feed, RegistryNotified event) {
        return feed.watched().stream()
                .flatMap(watched -> watched.resources().keySet().stream())
                .anyMatch(id -> event.listed().contains(id.toString()));
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

    private void check(TagCheckScheduler.Request request, Consumer<TagCheck.Ended> done) {
        String tag = request.wanted().tag();
        OwnedFeed feed = feeds.get(request.wanted().feed());
        if (feed == null) {
            done.accept(TagCheck.Ended.NOT_WATCHED);
        } else if (!FeedWorker.isTag(tag)) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line("check-refused", LogKeys.FEED, feed.feed(), "tag", tag, LogKeys.REASON, "not a tag"));
            done.accept(TagCheck.Ended.DONE);
        } else {
            feed.requests().add(new TagCheck(tag, request.purpose(), request.cause(), done));
            submit(feed, Priority.URGENT);
        }
    }

    /** Batches of effects come to their end; who waits for a registry is interrupted at once. */
    @Override
    public CompletableFuture<Void> close() {
        lock.lock();
        try {
            active = false;
        } finally {
            lock.unlock();
        }
        shared.owned().remove(this);
        checks.close();
        feeds.values().forEach(feed -> feed.requests().close());
        CompletableFuture<Void> ended = shared.loop().stop(feeds::containsKey);
        shared.loop()
                .cancel(feed -> find(feed).filter(mine -> !mine.isWriting()).isPresent());
        return ended;
    }

    @Override
    public void cancel() {
        shared.loop().cancel(feeds::containsKey);
    }
}
