package dev.tidemark.runtime.quarkus;

import dev.tidemark.flux.StatusStore;
import dev.tidemark.flux.folder.FolderStatusStore;
import dev.tidemark.flux.folder.ManifestConditions;
import dev.tidemark.flux.folder.OverriddenResources;
import dev.tidemark.flux.folder.Transition;
import dev.tidemark.runtime.ManifestReport;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Gives the services their resources and the place for status: one of each, also when all services share a JVM. */
@Singleton
public class ResourcesModule {

    @Produces
    @Singleton
    OverriddenResources resources(TidemarkConfig config) {
        return OverriddenResources.open(
                config.manifests(), config.state().resolve("overrides"), config.strictManifests());
    }

    void close(@Disposes OverriddenResources resources) {
        resources.close();
    }

    /** For as long as the resources are watched. */
    void report(@Observes StartupEvent start, TidemarkConfig config, OverriddenResources resources) {
        ManifestReport report = new ManifestReport(config.state().resolve("manifests.json"));
        var unused = resources.onChange(report::write);
        report.write(resources.current());
    }

    @Produces
    @Singleton
    Transition transition(OverriddenResources resources) {
        return new Transition(resources);
    }

    @Produces
    @Singleton
    dev.tidemark.flux.status.StatusStore statuses(StatusStore store) {
        return Transition.statuses(store);
    }

    @Produces
    @Singleton
    dev.tidemark.flux.status.EventRecorder events(StatusStore store) {
        return Transition.events(store);
    }

    @Produces
    @Singleton
    StatusStore statusStore(TidemarkConfig config, OverriddenResources resources, Clock clock) {
        return ManifestConditions.over(new FolderStatusStore(config.state(), clock), resources, clock);
    }
}
