package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluator.domain.WantedPolicies;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Target;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the evaluator does beside its topology: keeps the log's declarations in step with the resources, and the status of
 * policies with both. Listeners only submit keys; a loop reads what the resources want, and hands on what that concerns.
 */
public final class EvaluatorWork implements AutoCloseable {

    /** More policies than a cluster's store takes well. */
    private static final int MAX_POLICIES = 100_000;

    /** Writing waits for a disk or an API server, which more at once would not make quicker. */
    private static final int PARALLEL = 16;

    private static final System.Logger LOG = System.getLogger(EvaluatorWork.class.getName());

    private final Parts parts;
    private final PartitionRuntime<DeclarationShard> runtime;
    private final WantedState wanted;
    private final NewDecisions decisions = new NewDecisions();
    private final ReconcileLoop<Source> resources;
    private final ReconcileLoop<Integer> declarations;
    private final PolicyStatusReconciler policyStatus;
    private final ReconcileLoop<ResourceId> statuses;

    /**
     * What the work is done with.
     *
     * @param partitions of the owned topic
     * @param backoff between failures
     */
    public record Parts(
            String cluster,
            int partitions,
            ResourceSource resources,
            StatusStore statuses,
            EventPublisher publisher,
            TargetHistories histories,
            Backoff backoff,
            Scheduler scheduler) {}

    /** Makes the runtime that gives partitions to shards. */
    @FunctionalInterface
    public interface Partitions {
        PartitionRuntime<DeclarationShard> owned(Function<Epoch, DeclarationShard> shards);
    }

    private enum Source {
        RESOURCES
    }

    public EvaluatorWork(Parts parts, Partitions partitions) {
        this(parts, partitions, UnaryOperator.identity());
    }

    /** @param proofs what is asked for leave in place of the runtime: a fault to be planted */
    EvaluatorWork(Parts parts, Partitions partitions, UnaryOperator<Ownership> proofs) {
        this.parts = parts;
        this.runtime = partitions.owned(epoch -> new DeclarationShard(epoch, parts.cluster(), this));
        this.wanted = new WantedState(parts.resources(), parts.cluster(), parts.partitions());
        Scheduler scheduler = parts.scheduler();
        this.resources = new ReconcileLoop<>(settings("resources", 1), new Changes(), scheduler);
        this.declarations = new ReconcileLoop<>(
                settings("declarations", parts.partitions()),
                new DeclarationReconciler(
                        wanted,
                        runtime::shards,
                        proofs.apply(runtime),
                        parts.publisher(),
                        parts.histories(),
                        scheduler.clock()),
                scheduler);
        this.policyStatus = new PolicyStatusReconciler(wanted, decisions, parts.statuses(), scheduler.clock());
        this.statuses = new ReconcileLoop<>(settings("status", MAX_POLICIES), policyStatus, scheduler);
    }

    private ReconcileLoop.Settings settings(String name, int keys) {
        return new ReconcileLoop.Settings(name, keys, PARALLEL, parts.backoff());
    }

    /** Joins the group. */
    public void start() {
        resourcesChanged();
        runtime.start();
    }

    /** Why the log does not declare yet what the resources say, for all that this replica owns; empty when it does. */
    public Optional<String> problem() {
        Optional<String> partitions = runtime.problem();
        if (partitions.isPresent()) {
            return partitions;
        }
        boolean inStep = resources.settled() && runtime.shards().stream().allMatch(DeclarationShard::isInStep);
        return inStep ? Optional.empty() : Optional.of("policies are declared for the first time");
    }

    /** Other resources are declared. */
    public void resourcesChanged() {
        resources.submit(Source.RESOURCES, Priority.ROUTINE);
    }

    /**
     * Takes in a decision of the log; one of another cluster is not ours to show, nor is one of a provider, which may have
     * a policy's name: whoever serves providers shows it.
     *
     * @return completed when its status was written, or could not be and is tried again
     */
    public CompletableFuture<Void> decided(PolicyDecided decided) {
        Target target = decided.target();
        if (decided.flapping() != null) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line(
                            "flapping",
                            LogKeys.TARGET,
                            target,
                            LogKeys.REASON,
                            decided.flapping() + ". Two builds push in turns, or the registry lists what it has not"));
        }
        if (!target.cluster().equals(parts.cluster()) || !target.kind().equals(Kinds.IMAGE_POLICY.name())) {
            return CompletableFuture.completedFuture(null);
        }
        ResourceId id = new ResourceId(target.kind(), target.namespace(), target.name());
        CompletableFuture<Void> shown = decisions.add(id, decided);
        statuses.submit(id, Priority.URGENT);
        return shown;
    }

    /** A partition is to be compared. */
    void due(int partition) {
        declarations.submit(partition, Priority.ROUTINE);
    }

    CompletableFuture<Void> stop(int partition) {
        return declarations.stop(key -> key == partition);
    }

    void cancel(int partition) {
        declarations.cancel(key -> key == partition);
    }

    /** No run begins any more; the group is left when the effects that are under way have ended. */
    @Override
    public void close() {
        resources.close();
        runtime.close();
        declarations.close();
        statuses.close();
    }

    /** Hands a change of the resources on to the partitions and policies that it concerns. */
    private final class Changes implements Reconciler<Source> {

        private @Nullable WantedPolicies before;
        private Set<ResourceId> known = Set.of();

        @Override
        public ReconcileResult reconcile(Source source, Run run) {
            WantedState.Moment moment = wanted.now();
            runtime.shards().forEach(shard -> due(shard.epoch().partition()));
            Set<ResourceId> present = new HashSet<>();
            Set<ResourceId> concerned = new HashSet<>(refused(before));
            concerned.addAll(refused(moment.policies()));
            moment.resources().all(Kinds.IMAGE_POLICY).forEach(policy -> {
                present.add(policy.id());
                if (PolicyStatusReconciler.isToBeAcknowledged(policy)) {
                    concerned.add(policy.id());
                }
            });
            known.stream().filter(id -> !present.contains(id)).forEach(id -> {
                policyStatus.deleted(id);
                concerned.add(id);
            });
            concerned.removeIf(id -> !id.kind().equals(Kinds.IMAGE_POLICY.name()));
            concerned.forEach(id -> statuses.submit(id, Priority.ROUTINE));
            before = moment.policies();
            known = present;
            return new ReconcileResult.AwaitChange();
        }

        private static Set<ResourceId> refused(@Nullable WantedPolicies policies) {
            return policies == null ? Set.of() : policies.refusals().keySet();
        }

        @Override
        public void failed(Source source, Throwable fault, Run run) {
            LOG.log(Level.ERROR, LogKeys.line("resources-not-read", LogKeys.NEXT_TRY, run.nextTry()), fault);
        }
    }
}
