package dev.tidemark.runtime.quarkus;

import dev.tidemark.flux.folder.FolderEvents;
import dev.tidemark.flux.folder.FolderSource;
import dev.tidemark.flux.folder.FolderStatuses;
import dev.tidemark.runtime.time.Scheduler;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;

/** Gives the services their resources and the place for status: one of each, also when all services share a JVM. */
@Singleton
public class ResourcesModule {

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
}
