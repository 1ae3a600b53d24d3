package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluator.reconcile.DeclarationShard;
import dev.tidemark.evaluator.reconcile.EvaluatorWork;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.HeaderTexts;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.LogRecord;
import dev.tidemark.runtime.partition.PartitionRuntime;
import java.util.Set;
import java.util.function.Consumer;
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
                this::load,
                shards,
                deadLetters::add,
                parts.scheduler());
    }

    private void load(Set<Integer> partitions, Consumer<LogRecord> sink) {
        new TopicScan(log, NAME + "-load")
                .scan(
                        Topic.POLICY_DECLARED,
                        partitions,
                        any -> true,
                        record -> sink.accept(new LogRecord(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                record.key(),
                                record.event(),
                                null,
                                HeaderTexts.of(record.headers()))));
    }
}
