package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.FaultText;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.renderer.domain.Annotations;
import dev.tidemark.renderer.domain.input.ProviderLog;
import dev.tidemark.renderer.domain.input.ResourceSetInputs;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.BatchFence;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
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

    private final Resources resources;
    private final ResourceSetInputs inputs;
    private final SetWork work;
    private final Served served;

    ResourceSetReconciler(Resources resources, ProviderLog log, SetWork work, Served served) {
        this.resources = resources;
        this.inputs = new ResourceSetInputs(resources, log);
        this.work = work;
        this.served = served;
    }

    @Override
    public ReconcileResult reconcile(ResourceId id, Run run) throws InterruptedException {
        Optional<ResourceShard> shard = served.shard(id);
        if (shard.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        Optional<Resource<ResourceSetSpec>> resourceSet = declared(id);
        return resourceSet.isPresent() ? reconcile(resourceSet.get(), shard.get(), run) : missing(id, shard.get(), run);
    }

    private Optional<Resource<ResourceSetSpec>> declared(ResourceId id) {
        return resources.find(Kinds.RESOURCE_SET, id.namespace(), id.name());
    }

    private ReconcileResult reconcile(Resource<ResourceSetSpec> resourceSet, ResourceShard shard, Run run)
            throws InterruptedException {
        SetState state = shard.state(resourceSet.id());
        state.suspended(isLeftAlone(resourceSet));
        if (Annotations.suspended(resourceSet)) {
            return new ReconcileResult.AwaitChange();
        }
        BatchFence fence = served.fence(shard);
        fence.require(() -> isDeclared(resourceSet));
        SetRun setRun = new SetRun(work, resourceSet, state, served.owner(shard), fence, run);
        if (state.suspended()) {
            return inputs.gather(resourceSet) instanceof ResourceSetInputs.Outcome.Gathered gathered
                    ? setRun.compare(gathered)
                    : new ReconcileResult.AwaitChange();
        }
        Optional<ReconcileResult> unmet = setRun.dependencies();
        if (unmet.isPresent()) {
            return unmet.get();
        }
        return switch (inputs.gather(resourceSet)) {
            case ResourceSetInputs.Outcome.Refused refused -> setRun.refuse(refused.message());
            case ResourceSetInputs.Outcome.Unknown unknown -> setRun.await(unknown.message());
            case ResourceSetInputs.Outcome.Gathered gathered -> {
                fence.require(() -> isDeclared(resourceSet) && inputs.isCurrent(gathered));
                yield setRun.build(gathered);
            }
        };
    }

    /** What it made stays when it goes, too. */
    static boolean isLeftAlone(Resource<ResourceSetSpec> resourceSet) {
        return Annotations.suspended(resourceSet) || Shadow.of(resourceSet);
    }

    private boolean isDeclared(Resource<ResourceSetSpec> resourceSet) {
        return declared(resourceSet.id()).equals(Optional.of(resourceSet));
    }

    /** The source may not be able to tell that it is gone: then it says so when it can. */
    private ReconcileResult missing(ResourceId id, ResourceShard shard, Run run) throws InterruptedException {
        if (!resources.isGone(id)) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line(
                            "deletion-deferred",
                            LogKeys.RESOURCE,
                            id,
                            LogKeys.REASON,
                            "it is missing, and may only be unreadable: its objects stay"));
            return new ReconcileResult.AwaitChange();
        }
        BatchFence fence = served.fence(shard);
        fence.require(() -> resources.isGone(id));
        SetEnd end = new SetEnd(work, id, shard.state(id), served.owner(shard), fence, run);
        ReconcileResult result = end.end();
        if (result instanceof ReconcileResult.Gone) {
            shard.forget(id);
        }
        return result;
    }

    @Override
    public void failed(ResourceId id, Throwable fault, Run run) {
        LOG.log(
                Level.ERROR,
                LogKeys.line("reconcile-failed", LogKeys.RESOURCE, id, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
        Optional<ResourceShard> shard = served.shard(id);
        var resourceSet = declared(id);
        if (shard.isEmpty() || resourceSet.isEmpty()) {
            return;
        }
        try {
            BatchFence fence = served.fence(shard.get());
            SetState state = shard.get().state(id);
            SetRun setRun = new SetRun(work, resourceSet.get(), state, served.owner(shard.get()), fence, run);
            var unused = setRun.fail(FaultText.of(fault));
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }
}
