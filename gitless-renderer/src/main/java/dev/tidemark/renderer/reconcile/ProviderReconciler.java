package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.FaultText;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.status.StatusRule;
import dev.tidemark.renderer.domain.Annotations;
import dev.tidemark.renderer.domain.input.ProviderFacts;
import dev.tidemark.renderer.domain.input.ProviderLog;
import dev.tidemark.renderer.domain.status.ProviderStatusRule;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.BatchFence;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps a provider's status: what it exports, and why not (flux-gitless 1.11, 1.14). */
final class ProviderReconciler implements Reconciler<ResourceId> {

    private static final System.Logger LOG = System.getLogger(ProviderReconciler.class.getName());

    private final Resources resources;
    private final ProviderLog log;
    private final Statuses statuses;
    private final Served served;
    private final Clock clock;

    ProviderReconciler(Resources resources, ProviderLog log, Statuses statuses, Served served, Clock clock) {
        this.resources = resources;
        this.log = log;
        this.statuses = statuses;
        this.served = served;
        this.clock = clock;
    }

    /** Says how it stands. A suspended provider keeps the status that it has. */
    @Override
    public ReconcileResult reconcile(ResourceId id, Run run) throws InterruptedException {
        Optional<ResourceShard> shard = served.shard(id);
        if (shard.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        Optional<Resource<ResourceSetInputProviderSpec>> provider = declared(id);
        return provider.isPresent() ? reconcile(provider.get(), shard.get()) : missing(id, shard.get());
    }

    private ReconcileResult reconcile(Resource<ResourceSetInputProviderSpec> provider, ResourceShard shard)
            throws InterruptedException {
        if (Annotations.suspended(provider)) {
            return new ReconcileResult.AwaitChange();
        }
        ProviderFacts facts = log.facts(provider);
        Instant now = clock.instant();
        StatusRule<ResourceSetInputProviderStatus> status = ProviderStatusRule.of(provider, facts, now);
        BatchFence fence = served.fence(shard);
        fence.require(() -> declared(provider.id()).equals(Optional.of(provider))
                && log.facts(provider).equals(facts));
        if (!fence.allows()) {
            return Served.withdrawn(fence);
        }
        statuses.say(provider, status, served.owner(shard));
        Instant nextTry = ProviderStatusRule.nextTry(facts, now);
        return nextTry == null
                ? new ReconcileResult.AwaitChange()
                : new ReconcileResult.RequeueAfter(Duration.between(now, nextTry));
    }

    /** Its status goes with it; what may only be unreadable keeps it. */
    private ReconcileResult missing(ResourceId id, ResourceShard shard) throws InterruptedException {
        if (!resources.isGone(id)) {
            return new ReconcileResult.AwaitChange();
        }
        BatchFence fence = served.fence(shard);
        fence.require(() -> resources.isGone(id));
        if (!fence.allows()) {
            return Served.withdrawn(fence);
        }
        statuses.remove(id, served.owner(shard));
        return new ReconcileResult.Gone();
    }

    private Optional<Resource<ResourceSetInputProviderSpec>> declared(ResourceId id) {
        return resources.find(Kinds.RESOURCE_SET_INPUT_PROVIDER, id.namespace(), id.name());
    }

    /** What is exported stays. */
    @Override
    public void failed(ResourceId id, Throwable fault, Run run) {
        LOG.log(
                Level.ERROR,
                LogKeys.line("reconcile-failed", LogKeys.RESOURCE, id, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
        Optional<ResourceShard> shard = served.shard(id);
        Optional<Resource<ResourceSetInputProviderSpec>> provider = declared(id);
        try {
            if (shard.isPresent()
                    && provider.isPresent()
                    && served.fence(shard.get()).allows()) {
                String message = FaultText.of(fault);
                statuses.say(
                        provider.get(),
                        ProviderStatusRule.failing(provider.get(), message, run.nextTry(), clock.instant()),
                        served.owner(shard.get()));
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }
}
