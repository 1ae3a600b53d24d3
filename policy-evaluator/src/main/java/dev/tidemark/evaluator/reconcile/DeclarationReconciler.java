package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.evaluator.domain.Declarations;
import dev.tidemark.evaluator.domain.Declarations.Plan;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.BatchFence;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Keeps partitions of {@code policy-declared} in step with the resources: compares what has changed, and writes the
 * difference. All of a partition is compared when it becomes ours, and after a fault; deletions become tombstones, also
 * those made while no replica ran.
 */
final class DeclarationReconciler implements Reconciler<Integer> {

    /** The broker takes so many in far less than a second, which is how long a batch may last. */
    static final int BATCH = 100;

    /** What was written comes back in milliseconds; it is compared again should it never. */
    static final Duration LONGEST_ECHO = Duration.ofSeconds(10);

    /** Until the resources have been read once, what is missing may only be unread. */
    static final Duration UNREAD = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(DeclarationReconciler.class.getName());

    private final WantedPolicies wanted;
    private final int partitions;
    private final IntFunction<Optional<DeclarationShard>> shards;
    private final Ownership ownership;
    private final EventPublisher publisher;
    private final TargetHistories histories;
    private final Clock clock;

    /** @param shards the active one of a partition */
    DeclarationReconciler(
            WantedPolicies wanted,
            int partitions,
            IntFunction<Optional<DeclarationShard>> shards,
            Ownership ownership,
            EventPublisher publisher,
            TargetHistories histories,
            Clock clock) {
        this.wanted = wanted;
        this.partitions = partitions;
        this.shards = shards;
        this.ownership = ownership;
        this.publisher = publisher;
        this.histories = histories;
        this.clock = clock;
    }

    @Override
    public ReconcileResult reconcile(Integer partition, Run run) throws InterruptedException {
        Optional<DeclarationShard> owned = shards.apply(partition);
        if (owned.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        DeclarationShard shard = owned.get();
        if (shard.isAwaiting() && !run.asked().isEmpty()) {
            return new ReconcileResult.RequeueAfter(LONGEST_ECHO);
        }
        shard.awaitNothing();
        boolean complete = wanted.isComplete();
        DeclarationShard.Dirty dirty = shard.take(clock.instant());
        ReconcileResult result = new ReconcileResult.Retry();
        try {
            result = compare(shard, targets(shard, dirty));
        } finally {
            if (result instanceof ReconcileResult.Retry || result instanceof ReconcileResult.RequeueAfter) {
                again(shard, dirty);
            }
        }
        return switch (result) {
            case ReconcileResult.Retry retry -> retry;
            case ReconcileResult.RequeueAfter stale -> stale;
            case ReconcileResult.Gone gone -> gone;
            case ReconcileResult.Done written -> {
                settled(shard, dirty, complete);
                yield written;
            }
            case ReconcileResult.AwaitChange same -> {
                settled(shard, dirty, complete);
                yield next(shard, dirty, complete);
            }
        };
    }

    private static void again(DeclarationShard shard, DeclarationShard.Dirty dirty) {
        shard.mark(dirty.targets());
        if (dirty.all()) {
            shard.markAll();
        }
    }

    private static void settled(DeclarationShard shard, DeclarationShard.Dirty dirty, boolean complete) {
        if (dirty.all() && complete) {
            shard.inStep();
        } else if (dirty.all()) {
            shard.markAll();
        }
    }

    private ReconcileResult next(DeclarationShard shard, DeclarationShard.Dirty dirty, boolean complete) {
        Optional<Duration> move = shard.nextMove(clock.instant());
        if (dirty.all() && !complete) {
            return new ReconcileResult.RequeueAfter(
                    move.filter(soon -> soon.compareTo(UNREAD) < 0).orElse(UNREAD));
        }
        return move.<ReconcileResult>map(ReconcileResult.RequeueAfter::new).orElseGet(ReconcileResult.AwaitChange::new);
    }

    private Set<Target> targets(DeclarationShard shard, DeclarationShard.Dirty dirty) {
        if (!dirty.all()) {
            return dirty.targets();
        }
        Set<Target> all = new HashSet<>(shard.targets());
        all.addAll(wanted.in(shard.epoch().partition(), partitions));
        return all;
    }

    private ReconcileResult compare(DeclarationShard shard, Set<Target> targets) throws InterruptedException {
        Map<Target, WantedPolicy> now = wanted.now(targets);
        int partition = shard.epoch().partition();
        Plan plan = Declarations.plan(
                shard.logged(targets),
                now,
                image -> Partitioning.partition(image, partitions) == partition,
                histories::of);
        ReconcileResult result = publish(shard, now, plan.publications());
        shard.compared(targets, plan.early(), clock.instant());
        return result;
    }

    /** In batches: before each the group says that the partition is still ours, and nothing newer is wanted. */
    private ReconcileResult publish(
            DeclarationShard shard, Map<Target, WantedPolicy> planned, List<Declarations.Publication> all)
            throws InterruptedException {
        BatchFence fence = new BatchFence(ownership, shard.epoch(), clock);
        fence.require(() -> wanted.now(planned.keySet()).equals(planned));
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Declarations.Publication> batch = all.subList(from, Math.min(from + BATCH, all.size()));
            if (!fence.allows()) {
                return fence.isStale() ? new ReconcileResult.RequeueAfter(Duration.ZERO) : new ReconcileResult.Retry();
            }
            write(shard, batch);
        }
        return all.isEmpty() ? new ReconcileResult.AwaitChange() : new ReconcileResult.Done(LONGEST_ECHO);
    }

    private void write(DeclarationShard shard, List<Declarations.Publication> batch) {
        boolean written = false;
        shard.await(batch.stream().map(DeclarationReconciler::key).toList());
        try {
            publisher.append(batch.stream()
                    .map(publication -> publication(shard, publication))
                    .toList());
            written = true;
        } finally {
            if (!written) {
                shard.awaitNothing();
            }
        }
    }

    private static String key(Declarations.Publication publication) {
        return switch (publication) {
            case Declarations.Publication.Declare(PolicyDeclared policy) ->
                Keys.declared(policy.image(), policy.target());
            case Declarations.Publication.Withdraw(String key, Withdrawal why) -> key;
        };
    }

    private Publication publication(DeclarationShard shard, Declarations.Publication publication) {
        return switch (publication) {
            case Declarations.Publication.Declare(PolicyDeclared policy) ->
                new Publication.Fact(shard.keeping(Envelope.first(policy, PolicyEvaluation.SOURCE, clock.instant())));
            case Declarations.Publication.Withdraw(String key, Withdrawal why) ->
                new Publication.Tombstone(Topic.POLICY_DECLARED, key, why.headers());
        };
    }

    @Override
    public void failed(Integer partition, Throwable fault, Run run) {
        shards.apply(partition).ifPresent(DeclarationShard::markAll);
        LOG.log(
                Level.WARNING,
                LogKeys.line("policies-not-declared", LogKeys.PARTITION, partition, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
    }
}
