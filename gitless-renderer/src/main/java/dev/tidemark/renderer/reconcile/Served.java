package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.Ownership;
import java.time.Clock;
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
    Fence fence(ResourceShard shard) {
        return new Fence(ownership, shard.epoch(), clock);
    }
}
