package dev.tidemark.evaluator;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The log as a test writes and reads it. */
final class Log implements AutoCloseable {

    private final LogClients clients;
    private final Producer<String, @Nullable Envelope<?>> producer;
    private final Map<String, List<Envelope<?>>> selections = new ConcurrentHashMap<>();
    private final Map<String, List<Envelope<?>>> decisions = new ConcurrentHashMap<>();
    private volatile boolean closing;

    Log(String bootstrapServers, int partitions) {
        this(LogClients.at(bootstrapServers, new LogSettings(partitions, (short) 1, Duration.ofDays(1))));
    }

    Log(LogClients clients) {
        this.clients = clients;
        this.producer = clients.eventWriter("test");
    }

    void write(Event event) {
        var envelope = Envelope.first(event, "test", Instant.now());
        var unused = producer.send(
                new ProducerRecord<>(clients.settings().name(envelope.type().topic()), envelope.key(), envelope));
        producer.flush();
    }

    /** Begins to read a topic. */
    void watch(Topic topic) {
        Thread.ofPlatform().daemon().start(() -> follow(topic));
    }

    private void follow(Topic topic) {
        try (var consumer = clients.reader("test-" + topic.topicName())) {
            var all = clients.settings().partitionsOf(topic);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            var into = topic == Topic.TAG_SELECTED ? selections : decisions;
            while (!closing) {
                consumer.poll(Duration.ofMillis(50))
                        .forEach(record -> into.computeIfAbsent(record.key(), key -> new CopyOnWriteArrayList<>())
                                .add(EventCodec.decode(record.value())));
            }
        }
    }

    Optional<Envelope<?>> newest(String target) {
        return last(selections.getOrDefault(target, List.of()));
    }

    List<String> selectionsOf(String target) {
        return selections.getOrDefault(target, List.of()).stream()
                .map(envelope ->
                        ((TagSelected) envelope.event()).tags().getFirst().tag())
                .toList();
    }

    Optional<PolicyDecided> newestDecision(String target) {
        return last(decisions.getOrDefault(target, List.of())).map(envelope -> (PolicyDecided) envelope.event());
    }

    /** The list of a key is there before its first record. */
    private static Optional<Envelope<?>> last(List<Envelope<?>> records) {
        List<Envelope<?>> now = List.copyOf(records);
        return now.isEmpty() ? Optional.empty() : Optional.of(now.getLast());
    }

    @Override
    public void close() {
        closing = true;
        producer.close(Duration.ofSeconds(1));
    }
}
