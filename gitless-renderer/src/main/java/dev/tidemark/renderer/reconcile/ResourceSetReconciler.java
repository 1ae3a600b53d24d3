package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.FaultText;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.renderer.domain.Annotations;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.input.ProviderLog;
import dev.tidemark.renderer.domain.input.ResourceSetInputs;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.BatchFence;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings a ResourceSet to what is wanted: inputs, objects, status, and word to the log. It compares what is wanted with
 * what is there, so a run too many changes nothing.
 *
 * <p>Empty inputs delete all objects, as upstream has it (flux-gitless 2.2), if every provider's selection is known. A
 * provider without a selection holds the ResourceSet as it is: nobody has looked yet, or the log was not read so far.
 */
final class ResourceSetReconciler implements Reconciler<ResourceId> {

    private static final System.Logger LOG = System.getLogger(ResourceSetReconciler.class.getName());

    private final ResourceSource resources;
    private final ResourceSetInputs inputs;
    private final SetWork work;
    private final Served served;

    ResourceSetReconciler(ResourceSource resources, ProviderLog log, SetWork work, Served served) {
        this.resources = resources;
        this.inputs = new ResourceSetInputs(log);
        this.work = work;
        this.served = served;
    }

    @Override
    public ReconcileResult reconcile(ResourceId id, Run run) throws InterruptedException {
        Optional<ResourceShard> shard = served.shard(id);
        if (shard.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        ResourceSnapshot declared = resources.current();
        Optional<Resource<ResourceSetSpec>> resourceSet = declared.find(Kinds.RESOURCE_SET, id.namespace(), id.name());
        return resourceSet.isPresent()
                ? reconcile(resourceSet.get(), declared, shard.get(), run)
                : gone(id, declared, shard.get());
    }

    private ReconcileResult reconcile(
            Resource<ResourceSetSpec> resourceSet, ResourceSnapshot declared, ResourceShard shard, Run run)
            throws InterruptedException {
        SetState state = shard.state(resourceSet.id());
        state.suspended(Annotations.suspended(resourceSet));
        if (state.suspended()) {
            return new ReconcileResult.AwaitChange();
        }
        BatchFence fence = served.fence(shard);
        fence.require(() -> isDeclared(resourceSet));
        SetRun setRun = new SetRun(work, resourceSet, fence, run);
        return switch (inputs.gather(resourceSet, declared)) {
            case ResourceSetInputs.Outcome.Refused refused -> setRun.refuse(refused.message());
            case ResourceSetInputs.Outcome.Unknown unknown -> setRun.await(unknown.message());
            case ResourceSetInputs.Outcome.Gathered gathered -> {
                fence.require(() -> isDeclared(resourceSet) && inputs.isCurrent(gathered, resources.current()));
                yield setRun.build(gathered, state);
            }
        };
    }

    private boolean isDeclared(Resource<ResourceSetSpec> resourceSet) {
        return Objects.equals(resources.current().resources().get(resourceSet.id()), resourceSet);
    }

    /** Something that cannot be read may hide it: only a source that reads well says that it was deleted. */
    private ReconcileResult gone(ResourceId id, ResourceSnapshot declared, ResourceShard shard)
            throws InterruptedException {
        if (!Deletion.isCertain(declared)) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line(
                            "deletion-deferred",
                            LogKeys.RESOURCE,
                            id,
                            LogKeys.REASON,
                            "it is missing, but manifests have errors: its objects stay"));
            return new ReconcileResult.AwaitChange();
        }
        BatchFence fence = served.fence(shard);
        fence.require(() -> {
            ResourceSnapshot now = resources.current();
            return Deletion.isCertain(now) && !now.resources().containsKey(id);
        });
        return end(id, shard.state(id), fence, shard);
    }

    /** Deletes what it applied and still owns; nothing where it was suspended when it went (flux-gitless 2.11). */
    private ReconcileResult end(ResourceId id, SetState state, BatchFence fence, ResourceShard shard)
            throws InterruptedException {
        Optional<ResourceSetStatus> status = work.statuses().read(id, ResourceSetStatus.class);
        if (status.isPresent() && !state.suspended()) {
            Owner owner = new Owner(id.namespace(), id.name());
            switch (work.applier().apply(owner, List.of(), SetStatus.inventory(status.get()), fence::allows)) {
                case Applier.Outcome.Applied applied -> {}
                case Applier.Outcome.Withdrawn withdrawn -> {
                    return Served.withdrawn(fence);
                }
                case Applier.Outcome.Failed failed -> {
                    LOG.log(
                            Level.WARNING,
                            LogKeys.line("prune-failed", LogKeys.RESOURCE, id, LogKeys.REASON, failed.message()));
                    return new ReconcileResult.Retry();
                }
            }
        }
        if (!fence.allows()) {
            return Served.withdrawn(fence);
        }
        work.statuses().remove(id);
        shard.forget(id);
        return new ReconcileResult.Gone();
    }

    @Override
    public void failed(ResourceId id, Throwable fault, Run run) {
        LOG.log(
                Level.ERROR,
                LogKeys.line("reconcile-failed", LogKeys.RESOURCE, id, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
        Optional<ResourceShard> shard = served.shard(id);
        var resourceSet = resources.current().find(Kinds.RESOURCE_SET, id.namespace(), id.name());
        if (shard.isEmpty() || resourceSet.isEmpty()) {
            return;
        }
        try {
            var unused = new SetRun(work, resourceSet.get(), served.fence(shard.get()), run).fail(FaultText.of(fault));
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }
}
