package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluator.reconcile.DeclarationShard;
import dev.tidemark.evaluator.reconcile.EvaluatorWork;
import dev.tidemark.evaluator.reconcile.StatusShard;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Loader;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.Shard;
import dev.tidemark.runtime.partition.TopicLoader;
import java.util.function.Function;

/**
 * Whose partitions of {@code policy-declared} this replica keeps in step with the resources, and of
 * {@code policy-decided} with the statuses: two groups, since a policy's decisions lie by its target and its declaration
 * by its image.
 */
public record OwnedTopics(LogClients log, DeadLetters deadLetters, EvaluatorWork.Parts parts)
        implements EvaluatorWork.Partitions {

    private static final String DECLARED = "policy-evaluator-policy-declared";
    private static final String DECIDED = "policy-evaluator-policy-decided";

    /** A declaration is finished when it is delivered, so there is never more than one. */
    private static final int MAX_UNFINISHED = 500;

    /** Decisions whose status waits for a disk or an API server; a burst of an image with thousands of policies. */
    private static final int MAX_UNSHOWN = 5_000;

    @Override
    public PartitionRuntime<DeclarationShard> declared(Function<Epoch, DeclarationShard> shards) {
        return owned(
                DECLARED,
                Topic.POLICY_DECLARED,
                MAX_UNFINISHED,
                new TopicLoader(log, DECLARED + "-load", Topic.POLICY_DECLARED),
                shards);
    }

    @Override
    public PartitionRuntime<StatusShard> decided(Function<Epoch, StatusShard> shards) {
        return owned(DECIDED, Topic.POLICY_DECIDED, MAX_UNSHOWN, (partitions, sink) -> {}, shards);
    }

    private <S extends Shard> PartitionRuntime<S> owned(
            String name, Topic topic, int maxUnfinished, Loader loader, Function<Epoch, S> shards) {
        return PartitionRuntime.of(
                new PartitionRuntime.Settings(name, topic, parts.partitions(), maxUnfinished, parts.backoff()),
                log,
                name,
                loader,
                shards,
                deadLetters::add,
                parts.scheduler());
    }
}
