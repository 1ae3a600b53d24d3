package dev.tidemark.watcher.app;

import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicFollower;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.TopicLoader;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Watchlist;
import dev.tidemark.watcher.hook.ReceiverStatuses;
import dev.tidemark.watcher.hook.WebhookHandler;
import dev.tidemark.watcher.kafka.RequestedChecksTable;
import dev.tidemark.watcher.reconcile.FeedOpener;
import dev.tidemark.watcher.reconcile.FeedReconciler;
import dev.tidemark.watcher.reconcile.FeedShard;
import dev.tidemark.watcher.reconcile.OrphanStatuses;
import dev.tidemark.watcher.reconcile.OwnedFeeds;
import dev.tidemark.watcher.reconcile.RegistryBackoff;
import dev.tidemark.watcher.reconcile.RepositoryStatuses;
import dev.tidemark.watcher.reconcile.ResourcesReconciler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
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

    private final ResourceSource resources;
    private final ReconcileLoop<Feed> feeds;
    private final ResourcesReconciler declared;
    private final ReconcileLoop<String> changes;
    private final RequestedChecksTable requested;
    private final TopicFollower own;
    private final PartitionRuntime<FeedShard> partitions;

    RegistryWatcher(
            LogClients log,
            DeadLetters deadLetters,
            Scheduler scheduler,
            EventPublisher events,
            Registry registry,
            WebhookHandler webhooks,
            ResourceSource resources,
            StatusStore store,
            Consumer<Watchlist> mirrors) {
        this.resources = resources;
        Clock clock = scheduler.clock();
        Duration window = log.settings().auditWindow();
        RepositoryStatuses statuses = new RepositoryStatuses(resources::current, store, clock);
        OwnedFeeds owned = new OwnedFeeds(log.settings().partitions());
        this.requested = new RequestedChecksTable(log, deadLetters, owned);
        RegistryBackoff registries =
                RegistryBackoff.of(JITTER, () -> ThreadLocalRandom.current().nextLong());
        Backoff broker = backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        this.feeds = new ReconcileLoop<>(
                new ReconcileLoop.Settings("feed", MAX_FEEDS, PARALLEL, registries.own()),
                new FeedReconciler(owned, statuses::handledRequest, registries, window, clock),
                scheduler);
        this.declared = new ResourcesReconciler(
                resources::current, listeners(owned, webhooks, statuses, store, mirrors, clock));
        this.changes = new ReconcileLoop<>(
                new ReconcileLoop.Settings(ResourcesReconciler.RESOURCES, 1, 1, broker), declared, scheduler);
        this.own = new TopicFollower(log, "registry-watcher-own", broker, scheduler);
        Supplier<String> ids = () -> UUID.randomUUID().toString();
        FeedOpener opener = new FeedOpener(registry, events, statuses, registries, ids.get(), ids, window, clock);
        FeedShard.Shared shared = new FeedShard.Shared(owned, feeds, opener, requested, own::follow, scheduler);
        this.partitions = PartitionRuntime.of(
                new PartitionRuntime.Settings(
                        "registry-watcher",
                        Topic.REGISTRY_NOTIFIED,
                        log.settings().partitions(),
                        MAX_UNFINISHED,
                        broker),
                log,
                GROUP,
                new TopicLoader(log, "registry-watcher-restore", Topic.TAG_DISCOVERED, Topic.FEED_SCANNED),
                epoch -> shard(epoch, shared),
                deadLetters::add,
                scheduler);
    }

    private FeedShard shard(Epoch epoch, FeedShard.Shared shared) {
        return new FeedShard(epoch, partitions, partitions::rejoin, shared);
    }

    private static Backoff backoff(Duration min, Duration max) {
        return new Backoff(min, max, JITTER, () -> ThreadLocalRandom.current().nextLong());
    }

    /** Feeds first: what the webhook handler lets in must find its feed. */
    private static List<Consumer<ResourceSnapshot>> listeners(
            OwnedFeeds owned,
            WebhookHandler webhooks,
            RepositoryStatuses statuses,
            StatusStore store,
            Consumer<Watchlist> mirrors,
            Clock clock) {
        ReceiverStatuses receivers = new ReceiverStatuses(store, clock);
        OrphanStatuses orphans = new OrphanStatuses(store, statuses);
        return List.of(
                snapshot -> {
                    Watchlist watchlist = Watchlist.of(snapshot);
                    owned.watch(watchlist);
                    mirrors.accept(watchlist);
                    watchlist.invalid().forEach(statuses::invalid);
                },
                snapshot -> receivers.write(webhooks.watch(snapshot)),
                orphans::remove);
    }

    void start() {
        // A notification must not meet a replica that does not know yet what is declared.
        boolean known = declared.tell(resources.current()) == null;
        var unused = resources.onChange(snapshot -> changes.submit(ResourcesReconciler.RESOURCES, Priority.ROUTINE));
        if (!known) {
            changes.submit(ResourcesReconciler.RESOURCES, Priority.ROUTINE);
        }
        requested.start();
        own.start();
        partitions.start();
    }

    /** Why it is not ready; empty when it is. */
    Optional<String> problem() {
        return partitions.problem();
    }

    @Override
    public void close() {
        partitions.close();
        changes.close();
        feeds.close();
        own.close();
        requested.close();
    }
}
