package dev.tidemark.watcher.reconcile;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.watcher.domain.AccessReferences;
import dev.tidemark.watcher.domain.ReceiverReferences;
import dev.tidemark.watcher.domain.ResourcePartitions;
import dev.tidemark.watcher.domain.Watchlist;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** What is declared, as this service sees it. */
public final class WatcherResources {

    /** What this service reads; policies, automations and the like since Receivers list them. */
    public static final Set<Kind<?>> KINDS = Set.of(
            Kinds.IMAGE_REPOSITORY,
            Kinds.RESOURCE_SET_INPUT_PROVIDER,
            Kinds.RECEIVER,
            Kinds.SERVICE_ACCOUNT,
            Kinds.IMAGE_POLICY,
            Kinds.IMAGE_UPDATE_AUTOMATION,
            Kinds.GIT_REPOSITORY,
            Kinds.RESOURCE_SET);

    private final ResourcePartitions partitions;
    private final ResourceCache cache;

    /**
     * @param partitions how many there are
     * @param loop runs those who hear of changes
     */
    public WatcherResources(int partitions, Executor loop) {
        this.partitions = new ResourcePartitions(partitions);
        List<Index<?>> indexes = new ArrayList<>(this.partitions.indexes());
        indexes.addAll(AccessReferences.INDEXES);
        indexes.addAll(ReceiverReferences.INDEXES);
        indexes.addAll(Watchlist.INDEXES);
        this.cache = new ResourceCache(KINDS, indexes, loop);
    }

    public Resources declared() {
        return cache;
    }

    public ResourcePartitions partitions() {
        return partitions;
    }

    /** What is to be scanned. */
    public Watchlist watchlist() {
        return new Watchlist(cache, partitions);
    }

    /** Takes what a source has, and follows it. */
    public Registration follow(ResourceSource source) {
        return source.feed(cache);
    }
}
