package dev.tidemark.watcher.reconcile;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.runtime.status.StatusPublisher;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The statuses that a partition brings with it: of resources that have no scan to say something of them, and of those that
 * were deleted while nobody looked. Its runs begin when a partition has become ours.
 */
public final class PartitionStatuses implements Reconciler<Integer> {

    private static final System.Logger LOG = System.getLogger(PartitionStatuses.class.getName());

    private final Resources resources;
    private final StatusOwners owners;
    private final StatusPublisher publisher;
    private final RepositoryStatuses repositories;
    private final ReceiverReconciler receivers;

    public PartitionStatuses(
            Resources resources,
            StatusOwners owners,
            StatusPublisher publisher,
            RepositoryStatuses repositories,
            ReceiverReconciler receivers) {
        this.resources = resources;
        this.owners = owners;
        this.publisher = publisher;
        this.repositories = repositories;
        this.receivers = receivers;
    }

    @Override
    public ReconcileResult reconcile(Integer partition, Run run) {
        Optional<StatusOwner> owner = owners.of(partition);
        if (owner.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        owners.partitions().repositories(resources, partition).forEach(repositories::checked);
        owners.partitions().receivers(resources, partition).forEach(receivers::publish);
        removeLeftBehind(Kinds.IMAGE_REPOSITORY, repositories::partitionOf, partition, owner.get());
        removeLeftBehind(Kinds.RECEIVER, owners.partitions()::of, partition, owner.get());
        return new ReconcileResult.AwaitChange();
    }

    private void removeLeftBehind(
            Kind<?> kind, ToIntFunction<ResourceId> partitionOf, int partition, StatusOwner owner) {
        publisher.leftBehind(kind).stream()
                .filter(id -> resources.isGone(id) && partitionOf.applyAsInt(id) == partition)
                .forEach(id -> {
                    var unused = publisher.remove(id, owner);
                });
    }

    @Override
    public void failed(Integer partition, Throwable fault, Run run) {
        LOG.log(
                Level.WARNING,
                LogKeys.line("status-not-written", LogKeys.PARTITION, partition, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
    }
}
