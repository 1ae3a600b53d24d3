package dev.tidemark.runtime.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.publish.Sender;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Sends over a service's one outgoing channel, each event to the topic of its type: one producer and one block of settings
 * for all that a service writes.
 */
public final class ChannelSender implements Sender {

    private final MutinyEmitter<Envelope<?>> emitter;
    private final Function<Topic, String> names;
    private final LogListener listener;

    /** @param names what a topic is called in this installation */
    public ChannelSender(MutinyEmitter<Envelope<?>> emitter, Function<Topic, String> names, LogListener listener) {
        this.emitter = emitter;
        this.names = names;
        this.listener = listener;
    }

    @Override
    public CompletableFuture<Void> send(Publication publication) {
        RecordHeaders headers = new RecordHeaders();
        return switch (publication) {
            case Publication.Fact(Envelope<?> envelope) ->
                send(envelope, envelope.type().topic(), envelope.key(), headers)
                        .thenRun(() -> listener.appended(envelope));
            case Publication.Tombstone tombstone -> {
                tombstone.headers().forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
                yield send(null, tombstone.topic(), tombstone.key(), headers);
            }
        };
    }

    private CompletableFuture<Void> send(
            @Nullable Envelope<?> envelope, Topic topic, String key, RecordHeaders headers) {
        Message<Envelope<?>> message = Message.<Envelope<?>>of(envelope)
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(names.apply(topic))
                        .withKey(key)
                        .withHeaders(headers)
                        .build());
        return emitter.sendMessage(message).subscribeAsCompletionStage();
    }
}
