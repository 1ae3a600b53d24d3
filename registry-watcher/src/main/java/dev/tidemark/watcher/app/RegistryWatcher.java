package dev.tidemark.watcher.app;

import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicFollower;
import dev.tidemark.runtime.memory.HeapNeed;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.TopicLoader;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.status.SuspensionLines;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.BaseLimits;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.hook.Receivers;
import dev.tidemark.watcher.kafka.RequestedChecksTable;
import dev.tidemark.watcher.oci.Mirrors;
import dev.tidemark.watcher.reconcile.FeedOpener;
import dev.tidemark.watcher.reconcile.FeedReconciler;
import dev.tidemark.watcher.reconcile.FeedShard;
import dev.tidemark.watcher.reconcile.LargeScans;
import dev.tidemark.watcher.reconcile.OwnedFeeds;
import dev.tidemark.watcher.reconcile.RegistryBackoff;
import dev.tidemark.watcher.reconcile.ResourceReconcilers;
import dev.tidemark.watcher.reconcile.StatusOwners;
import dev.tidemark.watcher.reconcile.WatcherResources;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** registry-watcher, put together. */
public final class RegistryWatcher implements AutoCloseable {

    /** The name of its group; its partitions of {@code registry-notified} are the images that it watches. */
    private static final String GROUP = "registry-watcher-registry-notified";

    /** A webhook is a few hundred bytes: what a burst of a whole organisation may have under way, a megabyte or two. */
    private static final int MAX_UNFINISHED = 5_000;

    /** Ten times the images of a very large cluster; a key that is stopped counts until its run has ended. */
    private static final int MAX_FEEDS = 100_000;

    /** A registry that does not answer keeps its feeds' runs until they time out: no other may wait for them. */
    private static final int PARALLEL = 20_000;

    /** A tenth more: what failed together does not come back together. */
    private static final double JITTER = 0.1;

    private final Declared declared;
    private final ResourceReconcilers reconcilers;
    private final StatusPublisher statuses;
    private final ReconcileLoop<Feed> feeds;
    private final RequestedChecksTable requested;
    private final TopicFollower own;
    private final PartitionRuntime<FeedShard> partitions;
    private final FeedShard.Shared shared;
    private final List<Registration> registrations = new ArrayList<>();

    /** Where resources come from and what is said of them goes. */
    record Declared(
            ResourceSource source,
            WatcherResources resources,
            SecretReader secrets,
            Receivers receivers,
            Mirrors mirrors,
            StatusStore statuses,
            EventRecorder events,
            StatusListener told) {}

    RegistryWatcher(
            LogClients log,
            DeadLetters deadLetters,
            Scheduler scheduler,
            EventPublisher events,
            Registry registry,
            Declared declared) {
        this.declared = declared;
        Clock clock = scheduler.clock();
        int count = log.settings().partitions();
        Duration window = log.settings().auditWindow();
        Backoff backoff = backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        this.partitions = PartitionRuntime.of(
                new PartitionRuntime.Settings(
                        "registry-watcher", Topic.REGISTRY_NOTIFIED, count, MAX_UNFINISHED, backoff),
                log,
                GROUP,
                new TopicLoader(log, "registry-watcher-restore", Topic.TAG_DISCOVERED, Topic.FEED_SCANNED),
                this::shard,
                deadLetters::add,
                scheduler);
        OwnedFeeds owned = new OwnedFeeds(count);
        this.requested = new RequestedChecksTable(log, deadLetters, owned);
        this.own = new TopicFollower(log, "registry-watcher-own", backoff, scheduler);
        this.statuses =
                new StatusPublisher(declared.statuses(), declared.events(), declared.told(), backoff, scheduler);
        WatcherResources resources = declared.resources();
        this.reconcilers = new ResourceReconcilers(
                resources.declared(),
                new StatusOwners(partitions, resources.partitions()),
                owned,
                declared.receivers(),
                declared.secrets(),
                statuses,
                backoff,
                scheduler);
        RegistryBackoff registries =
                RegistryBackoff.of(JITTER, () -> ThreadLocalRandom.current().nextLong());
        this.feeds = new ReconcileLoop<>(
                new ReconcileLoop.Settings("feed", MAX_FEEDS, PARALLEL, registries.own()),
                new FeedReconciler(
                        owned,
                        reconcilers.repositories()::handledRequest,
                        registries,
                        window,
                        declared.statuses().pause().isZero(),
                        clock),
                scheduler);
        Supplier<String> ids = () -> UUID.randomUUID().toString();
        this.shared = new FeedShard.Shared(
                owned,
                resources.watchlist(),
                feeds,
                new FeedOpener(
                        registry,
                        events,
                        reconcilers.repositories()::of,
                        registries,
                        ids.get(),
                        ids,
                        window,
                        BaseLimits.DEFAULT,
                        new LargeScans(),
                        clock),
                requested,
                own::follow,
                reconcilers::activated,
                scheduler);
    }

    private FeedShard shard(Epoch epoch) {
        return new FeedShard(epoch, partitions, partitions::rejoin, shared);
    }

    private static Backoff backoff(Duration min, Duration max) {
        return new Backoff(min, max, JITTER, () -> ThreadLocalRandom.current().nextLong());
    }

    void start() {
        // a notification must not meet a replica that does not know yet what is declared
        registrations.add(declared.resources().follow(declared.source()));
        reconcilers.start();
        registrations.add(declared.resources().declared().onChange(declared.mirrors()::changed));
        registrations.add(declared.resources()
                .declared()
                .onChange(new SuspensionLines(Set.of(Kinds.IMAGE_REPOSITORY, Kinds.RECEIVER))));
        declared.mirrors().begin(declared.resources().declared());
        requested.start();
        own.start();
        partitions.start();
    }

    /** Why it is not ready; empty when it is. */
    Optional<String> problem() {
        return partitions.problem();
    }

    /** Empty until it is ready. */
    Optional<HeapNeed> heapNeed() {
        return problem().isPresent()
                ? Optional.empty()
                : Optional.of(shared.owned().heapNeed());
    }

    @Override
    public void close() {
        partitions.close();
        registrations.forEach(Registration::close);
        reconcilers.close();
        feeds.close();
        statuses.close();
        own.close();
        requested.close();
    }
}
