package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Topic;
import dev.tidemark.watcher.domain.EventLog;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * The log by Kafka: sends without waiting in between, then waits for all. Scoped to the application, so that it is made
 * at the first use: routes are registered before the channels exist.
 */
@ApplicationScoped
public class KafkaEventLog implements EventLog {

    /** Longer than the channels' delivery timeout, which gives the better message. */
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final MutinyEmitter<Envelope<?>> notified;
    private final MutinyEmitter<Envelope<?>> discovered;
    private final MutinyEmitter<Envelope<?>> scanned;

    KafkaEventLog(
            @Channel("registry-watcher-registry-notified-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<Envelope<?>> notified,
            @Channel("registry-watcher-tag-discovered-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<Envelope<?>> discovered,
            @Channel("registry-watcher-feed-scanned-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<Envelope<?>> scanned) {
        this.notified = notified;
        this.discovered = discovered;
        this.scanned = scanned;
    }

    @Override
    public void append(List<? extends Envelope<?>> events) {
        await(events.stream().map(this::send));
    }

    @Override
    public void forget(Feed feed, List<String> tags) {
        await(tags.stream().map(tag -> {
            Message<Envelope<?>> tombstone = KafkaRecord.of(Keys.tag(feed, tag), null);
            return discovered.sendMessage(tombstone).subscribeAsCompletionStage();
        }));
    }

    private static void await(Stream<CompletableFuture<Void>> sending) {
        CompletableFuture<?>[] sent = sending.toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(sent).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new UnavailableException("the broker does not take events: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new UnavailableException("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("stopped while writing", e);
        }
    }

    private CompletableFuture<Void> send(Envelope<?> envelope) {
        Message<Envelope<?>> message = Message.<Envelope<?>>of(envelope)
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(envelope.key())
                        .build());
        return emitter(envelope.type().topic()).sendMessage(message).subscribeAsCompletionStage();
    }

    private MutinyEmitter<Envelope<?>> emitter(Topic topic) {
        return switch (topic) {
            case REGISTRY_NOTIFIED -> notified;
            case TAG_DISCOVERED -> discovered;
            case FEED_SCANNED -> scanned;
            default -> throw new IllegalArgumentException("the watcher does not write " + topic);
        };
    }
}
