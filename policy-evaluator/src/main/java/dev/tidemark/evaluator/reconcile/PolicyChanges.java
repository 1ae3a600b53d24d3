package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluation.declare.PolicySources;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Target;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Hands a change of the resources on to what it concerns: the policies, their partitions and their statuses. */
final class PolicyChanges implements Reconciler<ResourceId> {

    private static final System.Logger LOG = System.getLogger(PolicyChanges.class.getName());

    private final Resources resources;
    private final WantedPolicies wanted;
    private final PolicyStatuses statuses;
    private final Supplier<? extends Collection<DeclarationShard>> shards;
    private final int partitions;
    private final EvaluatorWork work;

    /** @param shards the active ones */
    PolicyChanges(
            Resources resources,
            WantedPolicies wanted,
            PolicyStatuses statuses,
            Supplier<? extends Collection<DeclarationShard>> shards,
            int partitions,
            EvaluatorWork work) {
        this.resources = resources;
        this.wanted = wanted;
        this.statuses = statuses;
        this.shards = shards;
        this.partitions = partitions;
        this.work = work;
    }

    /** On the loop of the resources: what they say cannot keep others from being heard of. */
    void changed(List<Change> changes) {
        for (Change change : changes) {
            try {
                note(change);
                PolicySources.concernedBy(change, resources).forEach(work::concerned);
            } catch (RuntimeException fault) {
                LOG.log(Level.ERROR, LogKeys.line("change-not-followed", LogKeys.RESOURCE, change.id()), fault);
            }
        }
    }

    private void note(Change change) {
        if (change instanceof Change.Upserted upserted
                && upserted.isAnother()
                && change.kind().equals(Kinds.IMAGE_POLICY)) {
            statuses.replaced(change.id());
        }
    }

    @Override
    public ReconcileResult reconcile(ResourceId id, Run run) {
        WantedPolicy now = wanted.now(id);
        wanted.target(id).ifPresent(target -> mark(target, now));
        if (id.kind().equals(Kinds.IMAGE_POLICY.name())) {
            statuses.show(id);
        }
        return new ReconcileResult.Gone();
    }

    private void mark(Target target, WantedPolicy now) {
        shards.get().forEach(shard -> {
            int partition = shard.epoch().partition();
            boolean belongs = now instanceof WantedPolicy.Declares(PolicyDeclared policy)
                    && Partitioning.partition(policy.image(), partitions) == partition;
            if (belongs || shard.knows(target)) {
                shard.mark(Set.of(target));
                work.due(partition);
            }
        });
    }

    @Override
    public void failed(ResourceId id, Throwable fault, Run run) {
        LOG.log(
                Level.ERROR,
                LogKeys.line("policy-not-followed", LogKeys.RESOURCE, id, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
    }
}
