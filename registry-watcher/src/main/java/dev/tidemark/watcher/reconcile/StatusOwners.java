package dev.tidemark.watcher.reconcile;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.watcher.domain.ResourcePartitions;
import java.util.Optional;

/** Whether the status of a resource is this replica's: it is, where the partition is to which the resource belongs. */
public record StatusOwners(Ownership ownership, ResourcePartitions partitions) {

    /** Empty while the partition is another replica's. */
    Optional<StatusOwner> of(int partition) {
        return ownership.epoch(partition).map(epoch -> StatusOwner.of(ownership, epoch));
    }

    Optional<StatusOwner> of(Resource<?> resource) {
        return of(partitions.of(resource));
    }

    /** Of a resource that names no image. */
    Optional<StatusOwner> of(ResourceId id) {
        return of(partitions.of(id));
    }
}
