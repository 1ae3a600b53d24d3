package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluation.declare.PolicySources;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.status.SuspensionLines;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the evaluator does beside its topology: keeps the log's declarations in step with the resources, and the status of
 * policies with both. Listeners only submit keys; what a change concerns is worked out on a loop, policy by policy.
 */
public final class EvaluatorWork implements AutoCloseable {

    /** More policies than a cluster's store takes well. */
    private static final int MAX_POLICIES = 100_000;

    /** Writing waits for a broker or a disk, which more at once would not make quicker. */
    private static final int PARALLEL = 16;

    private final Parts parts;
    private final PartitionRuntime<DeclarationShard> declared;
    private final PartitionRuntime<StatusShard> decided;
    private final PolicyStatuses policyStatuses;
    private final ReconcileLoop<ResourceId> policies;
    private final ReconcileLoop<Integer> declarations;
    private final ReconcileLoop<Integer> takeOvers;
    private final Registration changes;
    private final Registration suspensions;

    /**
     * What the work is done with.
     *
     * @param partitions of each owned topic
     * @param crossing whether policies may use repositories of other namespaces
     * @param resources that nothing was given yet: all of it is heard of
     * @param backoff between failures
     */
    public record Parts(
            String cluster,
            int partitions,
            CrossNamespaceRefs crossing,
            Resources resources,
            StatusPublisher statuses,
            EventPublisher publisher,
            TargetHistories histories,
            Backoff backoff,
            Scheduler scheduler) {}

    /** Makes the runtimes that give partitions to shards. */
    public interface Partitions {

        /** Of {@code policy-declared}. */
        PartitionRuntime<DeclarationShard> declared(Function<Epoch, DeclarationShard> shards);

        /** Of {@code policy-decided}. */
        PartitionRuntime<StatusShard> decided(Function<Epoch, StatusShard> shards);
    }

    public EvaluatorWork(Parts parts, Partitions partitions) {
        this(
                parts,
                partitions,
                UnaryOperator.identity(),
                sources -> WantedPolicy.of(sources, parts.cluster(), parts.crossing()));
    }

    /**
     * @param proofs what is asked for leave in place of the runtime: a fault to be planted
     * @param reading works out what is wanted of one policy
     */
    EvaluatorWork(
            Parts parts,
            Partitions partitions,
            UnaryOperator<Ownership> proofs,
            Function<PolicySources, WantedPolicy> reading) {
        this.parts = parts;
        Scheduler scheduler = parts.scheduler();
        this.declared = partitions.declared(epoch -> new DeclarationShard(epoch, parts.cluster(), this));
        this.decided = partitions.decided(epoch -> new StatusShard(epoch, parts.cluster(), this, scheduler));
        WantedPolicies wanted = new WantedPolicies(parts.resources(), parts.cluster(), reading);
        this.policyStatuses = new PolicyStatuses(
                parts.resources(),
                wanted,
                parts.statuses(),
                new PolicyStatuses.Decided(parts.cluster(), parts.partitions(), decided, decided::shard),
                scheduler.clock());
        this.declarations = new ReconcileLoop<>(
                settings("declarations", parts.partitions()),
                new DeclarationReconciler(
                        wanted,
                        parts.partitions(),
                        declared::shard,
                        proofs.apply(declared),
                        parts.publisher(),
                        parts.histories(),
                        scheduler.clock()),
                scheduler);
        this.takeOvers = new ReconcileLoop<>(
                settings("policy statuses", parts.partitions()),
                new TakeOvers(policyStatuses, parts.resources()::isComplete, decided::shard),
                scheduler);
        PolicyChanges concerned = new PolicyChanges(
                parts.resources(), wanted, policyStatuses, declared::shards, parts.partitions(), this);
        this.policies = new ReconcileLoop<>(settings("policy", MAX_POLICIES), concerned, scheduler);
        this.changes = parts.resources().onChange(concerned::changed);
        this.suspensions = parts.resources().onChange(new SuspensionLines(Set.of(Kinds.IMAGE_POLICY)));
    }

    private ReconcileLoop.Settings settings(String name, int keys) {
        return new ReconcileLoop.Settings(name, keys, PARALLEL, parts.backoff());
    }

    /** Joins the groups. */
    public void start() {
        declared.start();
        decided.start();
    }

    /** Why the log does not declare yet what the resources say, for all that this replica owns; empty when it does. */
    public Optional<String> problem() {
        Optional<String> partitions = declared.problem().or(decided::problem);
        if (partitions.isPresent()) {
            return partitions;
        }
        return declared.shards().stream().allMatch(DeclarationShard::isInStep)
                ? Optional.empty()
                : Optional.of("policies are declared for the first time");
    }

    /** A policy is to be worked out. */
    void concerned(ResourceId policy) {
        policies.submit(policy, Priority.ROUTINE);
    }

    /** A partition of declarations is to be compared. */
    void due(int partition) {
        declarations.submit(partition, Priority.ROUTINE);
    }

    CompletableFuture<Void> stop(int partition) {
        return declarations.stopOne(partition);
    }

    void cancel(int partition) {
        declarations.cancelOne(partition);
    }

    CompletableFuture<Void> decided(ResourceId id, PolicyDecided decision) {
        return policyStatuses.decided(id, decision);
    }

    /** A partition of statuses is ours. */
    void takeOver(int partition) {
        takeOvers.submit(partition, Priority.ROUTINE);
    }

    /** A partition of statuses is not ours any more. */
    CompletableFuture<Void> lost(int partition) {
        policyStatuses.lost(partition);
        return takeOvers.stopOne(partition);
    }

    /** No run begins any more; the groups are left when the effects that are under way have ended. */
    @Override
    public void close() {
        changes.close();
        suspensions.close();
        policies.close();
        declared.close();
        decided.close();
        declarations.close();
        takeOvers.close();
        parts.statuses().close();
    }
}
