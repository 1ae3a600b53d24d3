package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.EventSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Appends what a person asks for to every partition of {@code control-requested}. Not atomic and need not be: asking
 * again writes the same, and each partition obeys its own copy.
 */
public final class ControlWriter {

    private final LogClients clients;
    private final String source;
    private final Clock clock;

    /** @param source who writes, for example {@code cli} */
    public ControlWriter(LogClients clients, String source, Clock clock) {
        this.clients = clients;
        this.source = source;
        this.clock = clock;
    }

    /**
     * Appends one copy to each partition.
     *
     * @return what is in the log now
     * @throws IllegalArgumentException when nobody is named, or no reason
     * @throws IllegalStateException with the remedy, when a partition could not be written
     */
    public Envelope<?> append(ControlRequested request) {
        if (request.who().isBlank() || request.why().isBlank()) {
            throw new IllegalArgumentException("say who asks and why: both go into the log");
        }
        var envelope = Envelope.first(request, source, clock.instant(), clock.instant());
        var serializer = new EventSerializer();
        String topic = clients.settings().name(Topic.CONTROL_REQUESTED);
        byte[] key = envelope.key().getBytes(StandardCharsets.UTF_8);
        List<Future<?>> sent = new ArrayList<>();
        try (var producer = clients.writer(source + "-control")) {
            for (int partition = 0; partition < clients.settings().partitions(); partition++) {
                var headers = new RecordHeaders();
                byte[] value = serializer.serialize(topic, headers, envelope);
                sent.add(producer.send(new ProducerRecord<>(topic, partition, key, value, headers)));
            }
            for (Future<?> one : sent) {
                one.get(LogClients.REQUEST_TIMEOUT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
            }
            return envelope;
        } catch (ExecutionException | TimeoutException e) {
            throw unwritten(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unwritten(e);
        }
    }

    private IllegalStateException unwritten(Exception cause) {
        return new IllegalStateException(
                "not every partition of " + clients.settings().name(Topic.CONTROL_REQUESTED) + " was written at "
                        + clients.bootstrapServers() + ": ask again when the broker answers",
                cause);
    }
}
