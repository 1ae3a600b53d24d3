package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluator.app.PolicyStatusWriter;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDecided;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Decisions into the status of their ImagePolicy: off the critical path, after the log has them. */
@Singleton
public class DecisionsChannel {

    private final PolicyStatusWriter status;

    DecisionsChannel(PolicyStatusWriter status) {
        this.status = status;
    }

    @Incoming("policy-evaluator-policy-decided-in")
    @Blocking
    void decided(ConsumerRecord<String, Envelope<?>> record) {
        if (record.value() != null && record.value().event() instanceof PolicyDecided decided) {
            status.decided(decided);
        }
    }
}
