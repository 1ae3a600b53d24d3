package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluator.reconcile.DeclarationShard;
import dev.tidemark.evaluator.reconcile.EvaluatorWork;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.TopicLoader;
import java.util.function.Function;

/** Whose partitions of {@code policy-declared} this replica keeps in step with the resources. */
public record DeclaredPartitions(LogClients log, DeadLetters deadLetters, EvaluatorWork.Parts parts)
        implements EvaluatorWork.Partitions {

    private static final String NAME = "policy-evaluator-policy-declared";

    /** A record is finished when it is delivered, so there is never more than one. */
    private static final int MAX_UNFINISHED = 500;

    @Override
    public PartitionRuntime<DeclarationShard> owned(Function<Epoch, DeclarationShard> shards) {
        return PartitionRuntime.of(
                new PartitionRuntime.Settings(
                        NAME, Topic.POLICY_DECLARED, parts.partitions(), MAX_UNFINISHED, parts.backoff()),
                log,
                NAME,
                new TopicLoader(log, NAME + "-load", Topic.POLICY_DECLARED),
                shards,
                deadLetters::add,
                parts.scheduler());
    }
}
