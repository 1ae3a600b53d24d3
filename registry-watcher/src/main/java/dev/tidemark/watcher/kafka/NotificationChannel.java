package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.Partitioning;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.watcher.domain.FeedLanes;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * What the door has written down. A record is acknowledged when its tag has been looked at: a replica that dies before
 * leaves it to the next one. Nobody waits here meanwhile, so a slow registry holds up nobody else.
 */
@ApplicationScoped
public class NotificationChannel {

    static final String IN = "registry-watcher-registry-notified-in";

    private final FeedLanes lanes;
    private final int partitions;

    NotificationChannel(FeedLanes lanes, LogSettings log) {
        this.lanes = lanes;
        this.partitions = log.partitions();
    }

    @Incoming(IN)
    CompletionStage<Void> on(Message<@Nullable Envelope<?>> message) {
        Envelope<?> envelope = message.getPayload();
        if (envelope == null || !(envelope.event() instanceof RegistryNotified event)) {
            return message.nack(new IllegalArgumentException(
                    "not a notification: " + (envelope == null ? "no value" : envelope.type())));
        }
        int owners = Partitioning.partition(event.image(), partitions);
        if (message.getMetadata(IncomingKafkaRecordMetadata.class).stream().anyMatch(r -> r.getPartition() != owners)) {
            // Who owns the image will never see it here, and who sees it here does not own the image.
            return message.nack(new IllegalArgumentException(
                    "a notification of " + event.image() + " belongs in partition " + owners));
        }
        var unused =
                lanes.notified(typed(envelope, event)).whenComplete((nothing, failure) -> settle(message, failure));
        return CompletableFuture.completedFuture(null);
    }

    private static void settle(Message<?> message, Throwable failure) {
        // Cancelled: the partition was lost, and whoever owns it next reads the record again, be it this replica.
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
