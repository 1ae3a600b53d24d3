package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluator.domain.Declarations;
import dev.tidemark.evaluator.domain.Declarations.Losses;
import dev.tidemark.evaluator.domain.Declarations.Plan;
import dev.tidemark.evaluator.domain.PolicyEvaluation;
import dev.tidemark.evaluator.domain.Withdrawal;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Publication;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps partitions of {@code policy-declared} in step with the resources: compares, and writes the difference; deletions
 * become tombstones, also those made while no replica ran.
 */
final class DeclarationReconciler implements Reconciler<Integer> {

    /** The broker takes so many in far less than a second, which is how long a batch may last. */
    static final int BATCH = 100;

    /** What was written comes back in milliseconds; it is compared again should it never. */
    static final Duration LONGEST_ECHO = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(DeclarationReconciler.class.getName());

    private final WantedState wanted;
    private final Supplier<? extends Collection<DeclarationShard>> shards;
    private final Ownership ownership;
    private final EventPublisher publisher;
    private final TargetHistories histories;
    private final Clock clock;

    /** @param shards the active ones */
    DeclarationReconciler(
            WantedState wanted,
            Supplier<? extends Collection<DeclarationShard>> shards,
            Ownership ownership,
            EventPublisher publisher,
            TargetHistories histories,
            Clock clock) {
        this.wanted = wanted;
        this.shards = shards;
        this.ownership = ownership;
        this.publisher = publisher;
        this.histories = histories;
        this.clock = clock;
    }

    @Override
    public ReconcileResult reconcile(Integer partition, Run run) throws InterruptedException {
        Collection<DeclarationShard> owned = shards.get();
        Optional<DeclarationShard> shard = owned.stream()
                .filter(one -> one.epoch().partition() == partition)
                .findFirst();
        if (shard.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        if (shard.get().isAwaiting() && !run.asked().isEmpty()) {
            return new ReconcileResult.RequeueAfter(LONGEST_ECHO);
        }
        shard.get().awaitNothing();
        return compare(shard.get(), owned);
    }

    private ReconcileResult compare(DeclarationShard shard, Collection<DeclarationShard> owned)
            throws InterruptedException {
        WantedState.Moment moment = wanted.now();
        Losses losses = owned.stream().map(one -> one.losses(moment.wanted())).reduce(Losses.NONE, Losses::plus);
        Plan plan = Declarations.plan(
                shard.logged(), moment.in(shard.epoch().partition()), moment.wanted(), losses, histories::of);
        switch (plan) {
            case Plan.Publish publish -> {}
            case Plan.Guarded guarded -> {
                if (shard.losses(moment.wanted()).missing() > 0) {
                    warn(shard, guarded);
                }
            }
        }
        ReconcileResult result = publish(shard, moment, plan.publications());
        return switch (result) {
            case ReconcileResult.Retry retry -> retry;
            case ReconcileResult.Gone gone -> gone;
            case ReconcileResult.Done done -> {
                shard.inStep();
                yield done;
            }
            case ReconcileResult.AwaitChange awaitChange -> {
                shard.inStep();
                if (plan.early() == 0) {
                    shard.nothingIsEarly();
                    yield awaitChange;
                }
                // what is to go is declared elsewhere by whoever owns that partition
                yield new ReconcileResult.RequeueAfter(shard.early());
            }
            case ReconcileResult.RequeueAfter requeue -> requeue;
        };
    }

    /** In batches: before each the group says that the partition is still ours, and nothing newer is wanted. */
    private ReconcileResult publish(
            DeclarationShard shard, WantedState.Moment moment, List<Declarations.Publication> all)
            throws InterruptedException {
        BatchFence fence = new BatchFence(ownership, shard.epoch(), clock);
        fence.require(() -> wanted.now().equals(moment));
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
            publisher.append(batch.stream().map(this::publication).toList());
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

    private Publication publication(Declarations.Publication publication) {
        return switch (publication) {
            case Declarations.Publication.Declare(PolicyDeclared policy) ->
                new Publication.Fact(Envelope.first(policy, PolicyEvaluation.SOURCE, clock.instant()));
            case Declarations.Publication.Withdraw(String key, Withdrawal why) ->
                new Publication.Tombstone(Topic.POLICY_DECLARED, key, why.headers());
        };
    }

    private static void warn(DeclarationShard shard, Plan.Guarded guarded) {
        LOG.log(
                Level.ERROR,
                LogKeys.line(
                        "deletions-held-back",
                        LogKeys.PARTITION,
                        shard.epoch().partition(),
                        LogKeys.COUNT,
                        guarded.missing(),
                        LogKeys.REASON,
                        guarded.missing() + " of " + guarded.declared()
                                + " policies are gone at once: kept in force, since this looks like a mistake."
                                + " Restore the resources, or delete them in smaller steps"));
    }

    @Override
    public void failed(Integer partition, Throwable fault, Run run) {
        LOG.log(
                Level.WARNING,
                LogKeys.line("policies-not-declared", LogKeys.PARTITION, partition, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
    }
}
