package dev.tidemark.watcher.app;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.flux.folder.OverriddenResources;
import dev.tidemark.runtime.PartitionOwnership;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.watcher.cel.CelFilters;
import dev.tidemark.watcher.domain.EventLog;
import dev.tidemark.watcher.domain.FeedLanes;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.Lane;
import dev.tidemark.watcher.domain.RepositoryStatuses;
import dev.tidemark.watcher.domain.Watchlist;
import dev.tidemark.watcher.hook.Door;
import dev.tidemark.watcher.hook.ReceiverStatuses;
import dev.tidemark.watcher.hook.Receivers;
import dev.tidemark.watcher.kafka.ImageOwnership;
import dev.tidemark.watcher.kafka.KafkaRestore;
import dev.tidemark.watcher.kafka.WantedChecks;
import dev.tidemark.watcher.listener.HookRoute;
import dev.tidemark.watcher.listener.WebhookLimits;
import dev.tidemark.watcher.oci.OciRegistry;
import dev.tidemark.watcher.oidc.GoogleIdTokens;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Puts the registry-watcher together and gives it its life. */
@Singleton
public class Wiring {

    private Set<ResourceId> written = Set.of();

    @Produces
    @Singleton
    Door door(Clock clock) {
        return new Door(new CelFilters(), GoogleIdTokens.withKeysAt(GoogleIdTokens.KEYS, clock));
    }

    @Produces
    @Singleton
    HookRoute.RequestIds requestIds() {
        return () -> UUID.randomUUID().toString();
    }

    @Produces
    @Singleton
    HookRoute.Requests requests(OverriddenResources resources, Clock clock) {
        return asked -> asked.forEach(id -> resources.request(
                id, Map.of(Watchlist.REQUESTED_AT, clock.instant().toString())));
    }

    @Produces
    @Singleton
    WebhookLimits webhookLimits(WebhookConfig config) {
        long budget = config.bodyBudget()
                .map(MemorySize::asLongValue)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / WebhookConfig.BODIES_SHARE_OF_HEAP);
        return new WebhookLimits(budget, config.bodyTimeout(), config.requestsAtOnce());
    }

    @Produces
    @Singleton
    OciRegistry registry(WatcherConfig config, ResourceSource resources, Clock clock) {
        config.mirrors().forEach(Wiring::checkMirror);
        var budget = new OciRegistry.Budget(config.requestsPerSecond(), config.requestBurst());
        return new OciRegistry(resources::current, config.mirrors(), budget, clock);
    }

    @Produces
    @Singleton
    MirrorNotice mirrorNotice(WatcherConfig config) {
        return new MirrorNotice(config.mirrors().keySet());
    }

    static void checkMirror(String host, URI base) {
        if (String.valueOf(base.getRawAuthority()).indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "tidemark.registry-watcher.mirrors.\"" + host
                            + "\" has a login in its URL: write it without, and the login into the Secret that the images name");
        }
        boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        String path = base.getRawPath();
        if (!web || base.getRawAuthority() == null || !(path == null || path.isEmpty()) || base.getRawQuery() != null) {
            throw new IllegalArgumentException("tidemark.registry-watcher.mirrors.\"" + host + "\"=" + base
                    + ": expected a base URL without a path, for example http://localhost:5000");
        }
    }

    void close(@Disposes OciRegistry registry) {
        registry.close();
    }

    @Produces
    @Singleton
    RepositoryStatuses repositoryStatuses(ResourceSource resources, StatusStore store, Clock clock) {
        return new RepositoryStatuses(resources::current, store, clock);
    }

    @Produces
    @Singleton
    FeedLanes lanes(LogClients log, OciRegistry registry, EventLog events, RepositoryStatuses statuses, Clock clock) {
        Supplier<String> scanIds = () -> UUID.randomUUID().toString();
        FeedLanes.Opener opener = (watched, memory, due) -> new Lane(
                watched,
                new FeedWorker(
                        watched.feed(),
                        memory,
                        registry,
                        events,
                        clock,
                        scanIds,
                        statuses,
                        log.settings().auditWindow()),
                clock,
                due);
        return new FeedLanes(
                log.settings().partitions(), new KafkaRestore(log), opener, statuses::handledRequest, clock);
    }

    @Produces
    @Singleton
    WantedChecks wantedChecks(LogClients log, DeadLetters deadLetters, FeedLanes lanes, Clock clock) {
        return new WantedChecks(log, deadLetters, lanes, clock);
    }

    void start(
            @Observes StartupEvent event,
            FeedLanes lanes,
            WantedChecks wantedChecks,
            Door door,
            RepositoryStatuses repositoryStatuses,
            ResourceSource resources,
            StatusStore store,
            MirrorNotice mirrors,
            Clock clock,
            @Identifier("registry-watcher-registry-notified-in") ImageOwnership ownership) {
        ReceiverStatuses receiverStatuses = new ReceiverStatuses(store, clock);
        lanes.start();
        wantedChecks.start();
        var unused = resources.onChange(snapshot ->
                resourcesChanged(snapshot, lanes, door, repositoryStatuses, receiverStatuses, store, mirrors));
        resourcesChanged(resources.current(), lanes, door, repositoryStatuses, receiverStatuses, store, mirrors);
        ownership.listen(new PartitionOwnership.Listener() {
            @Override
            public void assigned(Set<Integer> partitions) {
                lanes.assigned(partitions);
                wantedChecks.assigned(partitions);
            }

            @Override
            public void revoked(Set<Integer> partitions) {
                wantedChecks.revoked(partitions);
                lanes.revoked(partitions);
            }
        });
    }

    private synchronized void resourcesChanged(
            ResourceSnapshot snapshot,
            FeedLanes lanes,
            Door door,
            RepositoryStatuses repositoryStatuses,
            ReceiverStatuses receiverStatuses,
            StatusStore store,
            MirrorNotice mirrors) {
        Receivers receivers = door.watch(snapshot);
        Watchlist watchlist = Watchlist.of(snapshot);
        lanes.watch(watchlist);
        mirrors.look(watchlist);
        watchlist.invalid().forEach(repositoryStatuses::invalid);
        receiverStatuses.write(receivers);
        removeStatusOfTheGone(snapshot, store);
    }

    private void removeStatusOfTheGone(ResourceSnapshot snapshot, StatusStore store) {
        Set<ResourceId> now = new HashSet<>();
        snapshot.all(Kinds.IMAGE_REPOSITORY).forEach(r -> now.add(r.id()));
        snapshot.all(Kinds.RECEIVER).forEach(r -> now.add(r.id()));
        written.stream().filter(id -> !now.contains(id)).forEach(store::remove);
        written = now;
    }

    void stop(@Observes ShutdownEvent event, FeedLanes lanes, WantedChecks wantedChecks) {
        wantedChecks.close();
        lanes.close();
    }
}
