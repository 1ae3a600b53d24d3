package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluator.domain.DeclaredHeaders;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Declared policies to and from the log. The incoming side exists for its consumer group, which assigns the partitions,
 * and for its dead letters; what this replica must know of the topic it reads on assignment.
 */
@Singleton
public class DeclaredChannel {

    static final String IN = "policy-evaluator-policy-declared-in";
    static final String OUT = "policy-evaluator-policy-declared-out";

    private final MutinyEmitter<Envelope<?>> emitter;

    DeclaredChannel(@Channel(OUT) MutinyEmitter<Envelope<?>> emitter) {
        this.emitter = emitter;
    }

    @Incoming(IN)
    void read(ConsumerRecord<String, Envelope<?>> record) {
        // decoded, so it is no dead letter: the topology acts on it
    }

    /** Completed when the broker has the declaration. */
    CompletableFuture<Void> declare(Envelope<PolicyDeclared> envelope) {
        return send(Message.<Envelope<?>>of(envelope), envelope.key(), new RecordHeaders());
    }

    /** Completed when the broker has the tombstone. */
    CompletableFuture<Void> withdraw(String key, boolean moved) {
        Headers headers = new RecordHeaders();
        if (moved) {
            headers.add(DeclaredHeaders.MOVED, new byte[] {1});
        }
        return send(Message.<Envelope<?>>of(null), key, headers);
    }

    private CompletableFuture<Void> send(Message<Envelope<?>> message, String key, Headers headers) {
        return emitter.sendMessage(message.addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(key)
                        .withHeaders(headers)
                        .build()))
                .subscribeAsCompletionStage();
    }
}
