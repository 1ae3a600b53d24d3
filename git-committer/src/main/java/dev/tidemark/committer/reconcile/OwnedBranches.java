package dev.tidemark.committer.reconcile;

import dev.tidemark.events.Branch;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.PartitionRuntime;
import java.util.Optional;

/** The branches and automations of the partitions that this replica owns now. For any thread. */
final class OwnedBranches implements BranchReconciler.Branches {

    private final Plans plans;
    private final PartitionRuntime<BranchShard> partitions;

    OwnedBranches(Plans plans, PartitionRuntime<BranchShard> partitions) {
        this.plans = plans;
        this.partitions = partitions;
    }

    private Optional<BranchShard> shard(String key) {
        return partitions.shard(plans.partition(key));
    }

    @Override
    public Optional<OpenBranch> find(Branch branch) {
        return shard(branch.text()).flatMap(shard -> shard.find(branch));
    }

    @Override
    public Optional<OpenBranch> shut(Branch branch) {
        return shard(branch.text()).flatMap(shard -> shard.shut(branch));
    }

    /** An automation that cannot be planned, and of which that is said here. */
    Optional<Unplanned> find(ResourceId automation) {
        return shard(automation.toString()).flatMap(shard -> shard.find(automation));
    }

    /** Opens or wakes a branch as it is declared now. */
    void follow(Branch branch) {
        shard(branch.text()).ifPresent(shard -> shard.follow(branch));
    }

    /** Has it said, or not said any more, that an automation cannot be planned. */
    void follow(ResourceId automation) {
        shard(automation.toString()).ifPresent(shard -> shard.follow(automation));
    }

    /** Everything that is declared. */
    void followAll() {
        partitions.shards().forEach(BranchShard::followAll);
    }

    /** What is to be written to a branch is something else. */
    void wake(Branch branch) {
        shard(branch.text()).ifPresent(shard -> shard.wake(branch));
    }

    /** What a branch is reached with changed: if it failed, it need not wait until it is tried again. */
    void secretChanged(Branch branch) {
        if (find(branch).filter(open -> !open.isWell()).isPresent()) {
            wake(branch);
        }
    }
}
