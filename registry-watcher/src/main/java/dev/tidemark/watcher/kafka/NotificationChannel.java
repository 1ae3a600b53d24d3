package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.watcher.domain.FeedLanes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * What the door has written down. A record is acknowledged when its tag has been looked at: a replica that dies before
 * leaves it to the next one. Nobody waits here meanwhile, so a slow registry holds up nobody else.
 */
@ApplicationScoped
public class NotificationChannel {

    static final String IN = "registry-watcher-registry-notified-in";

    private final FeedLanes lanes;

    NotificationChannel(FeedLanes lanes) {
        this.lanes = lanes;
    }

    @Incoming(IN)
    CompletionStage<Void> on(Message<Envelope<?>> message) {
        Envelope<?> envelope = message.getPayload();
        if (!(envelope.event() instanceof RegistryNotified event)) {
            return message.nack(new IllegalArgumentException("not a notification: " + envelope.type()));
        }
        var unused =
                lanes.notified(typed(envelope, event)).whenComplete((nothing, failure) -> settle(message, failure));
        return CompletableFuture.completedFuture(null);
    }

    private static void settle(Message<?> message, Throwable failure) {
        // Cancelled: the partition has a new owner, who reads the record again.
        if (failure == null) {
            var unused = message.ack();
        } else if (!(failure instanceof CancellationException)) {
            var unused = message.nack(failure);
        }
    }

    private static Envelope<RegistryNotified> typed(Envelope<?> e, RegistryNotified event) {
        return new Envelope<>(e.id(), e.source(), e.time(), e.correlationid(), e.causationid(), e.traceparent(), event);
    }
}
