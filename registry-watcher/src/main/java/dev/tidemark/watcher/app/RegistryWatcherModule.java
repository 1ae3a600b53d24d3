package dev.tidemark.watcher.app;

import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogUser;
import dev.tidemark.runtime.memory.HeapNeeds;
import dev.tidemark.runtime.metrics.Meters;
import dev.tidemark.runtime.progress.Progress;
import dev.tidemark.runtime.progress.ServiceEnd;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.watcher.domain.budget.Ceiling;
import dev.tidemark.watcher.hook.Receivers;
import dev.tidemark.watcher.kafka.WatcherEvents;
import dev.tidemark.watcher.oci.Mirrors;
import dev.tidemark.watcher.oci.OciRegistry;
import dev.tidemark.watcher.reconcile.WatcherResources;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives registry-watcher to the framework, which begins and ends it. */
@Singleton
public class RegistryWatcherModule {

    /** Static: it is asked before there are topics, which this class may need. */
    @Produces
    @Singleton
    static LogUser logUser() {
        return LogUser.REGISTRY_WATCHER;
    }

    @Produces
    @Singleton
    WatcherResources resources(LogClients log, ThreadScheduler scheduler) {
        return new WatcherResources(log.settings().partitions(), task -> {
            var unused = scheduler.start("registry-watcher-resources", task);
        });
    }

    @Produces
    @Singleton
    OciRegistry registry(
            WatcherConfig config,
            WatcherResources resources,
            SecretReader secrets,
            ThreadScheduler scheduler,
            Meters meters) {
        config.mirrors().forEach(Mirrors::check);
        var limits = new OciRegistry.Limits(
                new Ceiling(config.requestsAtOnce(), config.requestsPerSecond()), config.hostRequestsPerSecond());
        return new OciRegistry(
                resources.declared(), secrets, config.mirrors(), limits, scheduler, new RequestMetrics(meters));
    }

    void close(@Disposes OciRegistry registry) {
        registry.close();
    }

    @Produces
    @Singleton
    RegistryWatcher.Declared declared(
            ResourceSource source,
            WatcherResources resources,
            SecretReader secrets,
            Receivers receivers,
            StatusStore statuses,
            EventRecorder events,
            StatusListener told,
            WatcherConfig config) {
        Mirrors mirrors = new Mirrors(config.mirrors().keySet());
        return new RegistryWatcher.Declared(source, resources, secrets, receivers, mirrors, statuses, events, told);
    }

    @Produces
    @Singleton
    RegistryWatcher watcher(
            LogClients log,
            DeadLetters deadLetters,
            ThreadScheduler scheduler,
            WatcherEvents events,
            OciRegistry registry,
            Progress progress,
            RegistryWatcher.Declared declared) {
        return new RegistryWatcher(log, deadLetters, scheduler, events, new ToldListings(registry, progress), declared);
    }

    @Produces
    @Singleton
    HeapNeeds heapNeeds(RegistryWatcher watcher) {
        return watcher::heapNeed;
    }

    void start(@Observes StartupEvent event, RegistryWatcher watcher) {
        watcher.start();
    }

    @Produces
    @Singleton
    ServiceEnd end(RegistryWatcher watcher) {
        return new ServiceEnd("registry-watcher", watcher::close);
    }
}
