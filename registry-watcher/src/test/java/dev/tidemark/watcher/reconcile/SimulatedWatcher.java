package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.runtime.resources.CountedResources;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.TestStatuses;
import dev.tidemark.watcher.cel.CelFilters;
import dev.tidemark.watcher.domain.BaseLimits;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.TagCheckScheduler.Request;
import dev.tidemark.watcher.domain.WatchedFeed;
import dev.tidemark.watcher.domain.Watchlist;
import dev.tidemark.watcher.hook.Receivers;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One replica's feeds on stepped time: everything of the watcher between the log, the registry and the status. */
final class SimulatedWatcher {

    static final Duration WINDOW = Duration.ofDays(1);
    static final Duration INTERVAL = Duration.ofHours(1);

    /** Two tags a page, more than three changes are pages, up to five changes are no new base. */
    private static final BaseLimits LIMITS = new BaseLimits(2, 2, 3, 5);

    private static final int MAX_FEEDS = 10_000;
    private static final AtomicInteger SCANS = new AtomicInteger();
    private static final Backoff BROKER = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0, new Random(1));

    private final String name;
    private final World.Replica process;
    private final int partitions;
    private final OwnedFeeds owned;
    private final TestResources declared;
    private final CountedResources counted;
    private final ResourceReconcilers reconcilers;
    private final List<Feed> runs = new ArrayList<>();
    private final Receivers receivers = new Receivers(new CelFilters(), (token, audience, email) -> false);
    private final ReconcileLoop<Feed> loop;
    private final PartitionRuntime<FeedShard> runtime;
    private final Map<String, Envelope<?>> requested = new HashMap<>();
    private final FeedShard.Shared shared;
    private final List<String> statuses = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private @Nullable String handled = "before";
    private boolean statusUnreadable;
    private int askedForHandled;

    SimulatedWatcher(
            String name,
            World world,
            SimulatedGroup group,
            int partitions,
            SharedLog log,
            SimulatedRegistry registry,
            int maxUnfinished) {
        this(name, world, group, partitions, log, registry, maxUnfinished, new TestResources(), new TestStatuses());
    }

    SimulatedWatcher(
            String name,
            World world,
            SimulatedGroup group,
            int partitions,
            SharedLog log,
            SimulatedRegistry registry,
            int maxUnfinished,
            TestResources declared,
            TestStatuses store) {
        this.name = name;
        this.partitions = partitions;
        this.declared = declared;
        this.process = world.replica(name);
        this.owned = new OwnedFeeds(partitions);
        var settings =
                new PartitionRuntime.Settings("watcher", Topic.REGISTRY_NOTIFIED, partitions, maxUnfinished, BROKER);
        this.runtime = group.replica(
                process,
                settings,
                log::load,
                this::shard,
                (record, why) -> deadLetters.add(String.valueOf(why.getMessage())));
        WatcherResources resources = new WatcherResources(partitions, task -> {
            var unused = process.start("resources", task);
        });
        var unused = resources.follow(declared);
        this.counted = new CountedResources(resources.declared());
        this.reconcilers = new ResourceReconcilers(
                counted,
                new StatusOwners(runtime, resources.partitions()),
                owned,
                receivers,
                declared,
                new StatusPublisher(store.as(name), (resource, type, reason, message) -> {}, BROKER, process),
                BROKER,
                process);
        RegistryBackoff retries = RegistryBackoff.of(0, new Random(2));
        Reconciler<Feed> reconciler = new Counted(new FeedReconciler(
                owned, id -> handled(), retries, WINDOW, store.as(name).pause().isZero(), process.clock()));
        this.loop = new ReconcileLoop<>(
                new ReconcileLoop.Settings("feed", MAX_FEEDS, 50, retries.own()), reconciler, process);
        FeedOpener opener = new FeedOpener(
                registry.as(process),
                log.writer(name, process),
                owner -> new Listener(reconcilers.repositories().of(owner)),
                retries,
                name,
                () -> "scan-" + SCANS.incrementAndGet(),
                WINDOW,
                LIMITS,
                new LargeScans(),
                process.clock());
        this.shared = new FeedShard.Shared(
                owned,
                new Watchlist(counted, resources.partitions()),
                loop,
                opener,
                new Requested(),
                log.follower(process),
                reconcilers::activated,
                process);
        reconcilers.start();
    }

    private FeedShard shard(Epoch epoch) {
        return new FeedShard(epoch, runtime, runtime::rejoin, shared);
    }

    void start() {
        runtime.start();
    }

    /** An orderly end. */
    void close() {
        runtime.close();
        reconcilers.close();
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

    /** How often somebody wanted to know which request was handled last. */
    int askedForHandled() {
        return askedForHandled;
    }

    private @Nullable String handled() {
        askedForHandled++;
        if (statusUnreadable) {
            throw new IllegalStateException("the status cannot be read");
        }
        return handled;
    }

    void watch(Feed... feeds) {
        watch("", feeds);
    }

    /** @param request as the resources that name the feeds have it */
    void watch(String request, Feed... feeds) {
        declared.replace(Stream.of(feeds).map(feed -> repository(feed, request)).toList());
    }

    /** A repository that names a feed. */
    static Resource<?> repository(Feed feed, String request) {
        String secret = feed.profile().isEmpty()
                ? ""
                : ", secretRef: {name: "
                        + feed.profile().substring(feed.profile().indexOf('/') + 1) + "}";
        return TestResources.resource(
                "{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: "
                        + nameOf(feed) + ", namespace: apps, annotations: {" + ReconcileAnnotations.REQUESTED_AT + ": '"
                        + request
                        + "'}}, spec: {interval: 1h, timeout: 1m, image: " + feed.image() + secret + "}}");
    }

    private static String nameOf(Feed feed) {
        return feed.image().text().replaceAll("[^a-z0-9]+", "-");
    }

    static ResourceId resource(Feed feed) {
        return new ResourceId("ImageRepository", "apps", nameOf(feed));
    }

    /** How many resources were asked for, and handed out. */
    CountedResources resources() {
        return counted;
    }

    /** The feeds that had a run. */
    List<Feed> runs() {
        return runs;
    }

    private final class Counted implements Reconciler<Feed> {
        private final Reconciler<Feed> counting;

        Counted(Reconciler<Feed> counting) {
            this.counting = counting;
        }

        @Override
        public ReconcileResult reconcile(Feed feed, Run run) throws InterruptedException {
            runs.add(feed);
            return counting.reconcile(feed, run);
        }

        @Override
        public void failed(Feed feed, Throwable fault, Run run) {
            counting.failed(feed, fault, run);
        }
    }

    Receivers receivers() {
        return receivers;
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
                new Event.RegistryNotified(
                        feed.image(), "apps/hook", List.of(resource(feed).toString()), tag),
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

    /** Notes what is said, and says it. */
    private final class Listener implements FeedWorker.ScanListener {
        private final FeedWorker.ScanListener status;

        Listener(FeedWorker.ScanListener status) {
            this.status = status;
        }

        private void note(String text) {
            if (!process.isKilled()) {
                statuses.add(text);
            }
        }

        @Override
        public void scanned(WatchedFeed watched, FeedState state, Scan scan, Instant finishedAt) {
            note("scanned " + state.tags().size() + ' ' + watched.requests().get(resource(watched.feed())));
            status.scanned(watched, state, scan, finishedAt);
        }

        @Override
        public void known(WatchedFeed watched, FeedState state, Scan last) {
            note("known " + state.tags().size() + ' ' + watched.requests().get(resource(watched.feed())));
            status.known(watched, state, last);
        }

        @Override
        public void failed(WatchedFeed watched, FeedState state, FeedState.Failure failure) {
            note("failed " + failure.message());
            status.failed(watched, state, failure);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
