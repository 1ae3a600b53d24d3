package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluator.reconcile.EvaluatorWork;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDecided;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Decisions into the status of their ImagePolicy: off the critical path, after the log has them. */
@Singleton
public class DecisionsChannel {

    private final EvaluatorWork work;

    DecisionsChannel(EvaluatorWork work) {
        this.work = work;
    }

    @Incoming("policy-evaluator-policy-decided-in")
    CompletionStage<Void> decided(ConsumerRecord<String, @Nullable Envelope<?>> record) {
        Envelope<?> envelope = record.value();
        return envelope != null && envelope.event() instanceof PolicyDecided decided
                ? work.decided(decided)
                : CompletableFuture.completedFuture(null);
    }
}
