package dev.tidemark.watcher.app;

import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.watcher.hook.WebhookHandler;
import dev.tidemark.watcher.kafka.WatcherEvents;
import dev.tidemark.watcher.oci.Mirrors;
import dev.tidemark.watcher.oci.OciRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives registry-watcher to the framework, which begins and ends it. */
@Singleton
public class RegistryWatcherModule {

    @Produces
    @Singleton
    OciRegistry registry(WatcherConfig config, ResourceSource resources, ThreadScheduler scheduler) {
        config.mirrors().forEach(Mirrors::check);
        var budget = new OciRegistry.Budget(config.requestsPerSecond(), config.requestBurst());
        return new OciRegistry(resources::current, config.mirrors(), budget, scheduler);
    }

    void close(@Disposes OciRegistry registry) {
        registry.close();
    }

    @Produces
    @Singleton
    RegistryWatcher watcher(
            LogClients log,
            DeadLetters deadLetters,
            ThreadScheduler scheduler,
            WatcherEvents events,
            OciRegistry registry,
            WebhookHandler webhooks,
            ResourceSource resources,
            StatusStore store,
            WatcherConfig config) {
        Mirrors mirrors = new Mirrors(config.mirrors().keySet());
        return new RegistryWatcher(
                log, deadLetters, scheduler, events, registry, webhooks, resources, store, mirrors::notice);
    }

    void start(@Observes StartupEvent event, RegistryWatcher watcher) {
        watcher.start();
    }

    void stop(@Observes ShutdownEvent event, RegistryWatcher watcher) {
        watcher.close();
    }
}
