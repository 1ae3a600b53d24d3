package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.BatchFence;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.status.StatusOwner;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which resources this replica serves, and the proof of it.
 *
 * @param shards the active shard of a resource; empty for one that is not served here, or not yet
 */
record Served(Function<ResourceId, Optional<ResourceShard>> shards, Ownership ownership, Clock clock) {

    Optional<ResourceShard> shard(ResourceId id) {
        return shards.apply(id);
    }

    /** For one run that begins now. */
    BatchFence fence(ResourceShard shard) {
        return new BatchFence(ownership, shard.epoch(), clock);
    }

    /** Of the statuses that such a run writes. */
    StatusOwner owner(ResourceShard shard) {
        return StatusOwner.of(ownership, shard.epoch());
    }

    /** What comes of a run that leave was withdrawn from. */
    static ReconcileResult withdrawn(BatchFence fence) {
        return fence.isStale() ? new ReconcileResult.RequeueAfter(Duration.ZERO) : new ReconcileResult.Retry();
    }
}
