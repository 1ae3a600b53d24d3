package dev.tidemark.renderer.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.renderer.domain.reconcile.Announcer;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Writes what was done to the topic of updates, and waits until the broker has it. */
@Singleton
public final class UpdateAppliedOut implements Announcer {

    private static final String SOURCE = "gitless-renderer";

    private final MutinyEmitter<Envelope<?>> emitter;
    private final Clock clock;

    UpdateAppliedOut(@Channel("gitless-renderer-update-applied-out") MutinyEmitter<Envelope<?>> emitter, Clock clock) {
        this.emitter = emitter;
        this.clock = clock;
    }

    @Override
    public void announce(Event event, @Nullable Envelope<Event.TagSelected> cause, String occasion) {
        Envelope<?> envelope = cause == null
                ? Envelope.first(event, SOURCE, clock.instant(), occasion)
                : cause.causes(event, SOURCE, clock.instant(), occasion);
        emitter.sendMessageAndAwait(Message.<Envelope<?>>of(envelope)
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(envelope.key())
                        .build()));
    }
}
