package dev.tidemark.watcher.reconcile;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.StatusStore;
import java.util.HashSet;
import java.util.Set;

/** Removes the status of resources that are not there any more. Not for several threads at once. */
public final class OrphanStatuses {

    private final StatusStore store;
    private final RepositoryStatuses repositories;
    private Set<ResourceId> declared = Set.of();

    public OrphanStatuses(StatusStore store, RepositoryStatuses repositories) {
        this.store = store;
        this.repositories = repositories;
    }

    public void remove(ResourceSnapshot snapshot) {
        Set<ResourceId> now = new HashSet<>();
        snapshot.all(Kinds.IMAGE_REPOSITORY).forEach(r -> now.add(r.id()));
        snapshot.all(Kinds.RECEIVER).forEach(r -> now.add(r.id()));
        repositories.retain(now);
        declared.stream().filter(id -> !now.contains(id)).forEach(store::remove);
        declared = now;
    }
}
