package dev.tidemark.renderer.app;

import dev.tidemark.flux.cluster.Cluster;
import dev.tidemark.renderer.cluster.ClusterObjectStore;
import dev.tidemark.renderer.folder.FolderObjectStore;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.runtime.time.Scheduler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Chooses where rendered objects go: where ResourceSets come from. */
@Singleton
public class ObjectsModule {

    @Produces
    @Singleton
    ObjectPlace place(TidemarkConfig shared, RendererConfig own, Optional<Cluster> cluster, Scheduler scheduler) {
        return cluster.map(there -> cluster(there, own, scheduler.clock()))
                .orElseGet(() -> folder(shared, scheduler.clock()));
    }

    private static ObjectPlace folder(TidemarkConfig shared, Clock clock) {
        var store = new FolderObjectStore(shared.state().resolve("objects"), new GoYamlDocuments(), clock);
        return new ObjectPlace(store, store::owners);
    }

    /** What a set that is gone applied is known by its status, which it has until its objects are gone. */
    private static ObjectPlace cluster(Cluster cluster, RendererConfig own, Clock clock) {
        var store = ClusterObjectStore.in(cluster, own.defaultServiceAccount().orElse(""), clock);
        return new ObjectPlace(store, Set::of);
    }
}
