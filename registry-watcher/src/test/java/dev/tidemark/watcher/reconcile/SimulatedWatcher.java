package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.TagCheckScheduler.Request;
import dev.tidemark.watcher.domain.WatchedFeed;
import dev.tidemark.watcher.domain.Watchlist;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One replica's feeds on stepped time: everything of the watcher between the log, the registry and the status. */
final class SimulatedWatcher {

    static final Duration WINDOW = Duration.ofDays(1);
    static final Duration INTERVAL = Duration.ofHours(1);
    static final ResourceId RESOURCE = new ResourceId("ImageRepository", "apps", "a");

    private static final AtomicInteger SCANS = new AtomicInteger();
    private static final Backoff BROKER = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0, new Random(1));

    private final String name;
    private final World.Replica process;
    private final int partitions;
    private final OwnedFeeds owned;
    private final ReconcileLoop<Feed> loop;
    private final PartitionRuntime<FeedShard> runtime;
    private final Map<String, Envelope<?>> requested = new HashMap<>();
    private final List<String> statuses = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private @Nullable String handled = "before";
    private boolean statusUnreadable;

    SimulatedWatcher(
            String name,
            World world,
            SimulatedGroup group,
            int partitions,
            SharedLog log,
            SimulatedRegistry registry,
            int maxUnfinished) {
        this.name = name;
        this.partitions = partitions;
        this.process = world.replica(name);
        this.owned = new OwnedFeeds(partitions);
        RegistryBackoff retries = RegistryBackoff.of(0, new Random(2));
        FeedReconciler reconciler = new FeedReconciler(owned, id -> handled(), retries, WINDOW, process.clock());
        this.loop =
                new ReconcileLoop<>(new ReconcileLoop.Settings("feed", 100, 50, retries.own()), reconciler, process);
        FeedOpener opener = new FeedOpener(
                registry.as(process),
                log.writer(name, process),
                new Listener(),
                retries,
                name,
                () -> "scan-" + SCANS.incrementAndGet(),
                WINDOW,
                process.clock());
        FeedShard.Shared shared =
                new FeedShard.Shared(owned, loop, opener, new Requested(), log.follower(process), process);
        var settings =
                new PartitionRuntime.Settings("watcher", Topic.REGISTRY_NOTIFIED, partitions, maxUnfinished, BROKER);
        this.runtime = group.replica(
                process,
                settings,
                log::load,
                epoch -> new FeedShard(epoch, runtime(), runtime()::rejoin, shared),
                (record, why) -> deadLetters.add(String.valueOf(why.getMessage())));
    }

    private PartitionRuntime<FeedShard> runtime() {
        return runtime;
    }

    void start() {
        runtime.start();
    }

    /** An orderly end. */
    void close() {
        runtime.close();
        loop.close();
    }

    World.Replica process() {
        return process;
    }

    OwnedFeeds owned() {
        return owned;
    }

    boolean isReady() {
        return runtime.isReady();
    }

    List<String> statuses() {
        return List.copyOf(statuses);
    }

    List<String> deadLetters() {
        return List.copyOf(deadLetters);
    }

    void setStatusUnreadable(boolean unreadable) {
        statusUnreadable = unreadable;
    }

    private @Nullable String handled() {
        if (statusUnreadable) {
            throw new IllegalStateException("the status cannot be read");
        }
        return handled;
    }

    void watch(Feed... feeds) {
        watch("", feeds);
    }

    /** @param request as the resource that names the feeds has it */
    void watch(String request, Feed... feeds) {
        Map<Feed, WatchedFeed> watched = new HashMap<>();
        for (Feed feed : feeds) {
            watched.put(
                    feed,
                    new WatchedFeed(
                            feed,
                            AccessProfile.ANONYMOUS,
                            INTERVAL,
                            Duration.ofMinutes(1),
                            Map.of(RESOURCE, 1L),
                            Map.of(RESOURCE, request)));
        }
        owned.watch(new Watchlist(watched, Map.of()));
    }

    /** As the evaluator requests it; null withdraws. */
    void request(Feed feed, String tag, Event.@Nullable CheckPurpose purpose, @Nullable Duration every) {
        String key = Keys.tag(feed, tag);
        if (purpose == null) {
            requested.remove(key);
        } else {
            requested.put(
                    key, Envelope.first(new Event.TagCheckWanted(feed, tag, purpose, every), "test", process.now()));
        }
        int partition = Partitioning.partition(feed.image(), partitions);
        owned.shard(partition).ifPresent(shard -> shard.requested(List.of(key)));
    }

    static Envelope<Event.RegistryNotified> notification(Feed feed, @Nullable String tag, Instant time, String id) {
        return Envelope.first(
                new Event.RegistryNotified(feed.image(), "apps/hook", List.of(RESOURCE.toString()), tag),
                "test",
                time,
                id);
    }

    private final class Requested implements RequestedChecks {
        @Override
        public Collection<String> keys(int partition) {
            return List.copyOf(requested.keySet());
        }

        @Override
        public Optional<Request> find(String key) {
            return Optional.ofNullable(requested.get(key)).flatMap(Request::of);
        }
    }

    private final class Listener implements FeedWorker.ScanListener {

        private void note(String text) {
            if (!process.isKilled()) {
                statuses.add(text);
            }
        }

        @Override
        public void scanned(WatchedFeed watched, FeedState state, Scan scan, Instant finishedAt) {
            note("scanned " + state.tags().size() + ' ' + watched.requests().get(RESOURCE));
        }

        @Override
        public void known(WatchedFeed watched, FeedState state, Scan last) {
            note("known " + state.tags().size() + ' ' + watched.requests().get(RESOURCE));
        }

        @Override
        public void failed(WatchedFeed watched, FeedState state, FeedState.Failure failure) {
            note("failed " + failure.message());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
