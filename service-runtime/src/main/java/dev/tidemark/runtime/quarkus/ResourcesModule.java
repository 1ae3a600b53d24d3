package dev.tidemark.runtime.quarkus;

import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.flux.folder.FolderEvents;
import dev.tidemark.flux.folder.FolderSource;
import dev.tidemark.flux.folder.FolderStatusStore;
import dev.tidemark.flux.folder.FolderStatuses;
import dev.tidemark.flux.folder.ManifestConditions;
import dev.tidemark.flux.folder.OverriddenResources;
import dev.tidemark.runtime.time.Scheduler;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;

/** Gives the services their resources and the place for status: one of each, also when all services share a JVM. */
@Singleton
public class ResourcesModule {

    @Produces
    @Singleton
    @Typed({OverriddenResources.class, ResourceSource.class})
    OverriddenResources resources(TidemarkConfig config) {
        return OverriddenResources.open(
                config.manifests(), config.state().resolve("overrides"), config.strictManifests());
    }

    void close(@Disposes OverriddenResources resources) {
        resources.close();
    }

    @Produces
    @Singleton
    FolderSource source(TidemarkConfig config, Clock clock, Scheduler scheduler) {
        String searchPath = Objects.requireNonNullElse(System.getenv("PATH"), "");
        var settings =
                new FolderSource.Settings(config.manifests(), config.state(), config.strictManifests(), searchPath);
        return FolderSource.open(settings, clock, task -> scheduler.start("folder-source", task));
    }

    void close(@Disposes FolderSource source) {
        source.close();
    }

    @Produces
    @Singleton
    FolderEvents events(TidemarkConfig config, Clock clock) {
        return new FolderEvents(config.state(), clock);
    }

    @Produces
    @Singleton
    FolderStatuses statuses(TidemarkConfig config, FolderEvents events, FolderSource source, Clock clock) {
        return FolderStatuses.of(config.state(), events, source, clock);
    }

    @Produces
    @Singleton
    StatusStore statusStore(TidemarkConfig config, OverriddenResources resources, Clock clock) {
        return ManifestConditions.over(new FolderStatusStore(config.state(), clock), resources, clock);
    }
}
