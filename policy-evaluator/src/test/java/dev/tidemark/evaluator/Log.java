package dev.tidemark.evaluator;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.EventDeserializer;
import dev.tidemark.events.kafka.EventPartitioner;
import dev.tidemark.events.kafka.EventSerializer;
import dev.tidemark.events.kafka.LogSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The log as a test writes and reads it. */
final class Log implements AutoCloseable {

    private final LogSettings settings;
    private final KafkaProducer<String, Envelope<?>> producer;
    private final Map<String, List<Envelope<?>>> selections = new ConcurrentHashMap<>();
    private final Map<String, List<Envelope<?>>> decisions = new ConcurrentHashMap<>();
    private volatile boolean closing;

    Log(String bootstrapServers, int partitions) {
        this.settings = new LogSettings(bootstrapServers, partitions, (short) 1, Duration.ofDays(1));
        Map<String, Object> config = new HashMap<>(settings.writerConfig("test"));
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, EventSerializer.class);
        config.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, EventPartitioner.class);
        this.producer = new KafkaProducer<>(config);
    }

    void write(Event event) {
        var envelope = Envelope.first(event, "test", Instant.now());
        var unused = producer.send(new ProducerRecord<>(envelope.type().topic().topicName(), envelope.key(), envelope));
        producer.flush();
    }

    /** Begins to read a topic. */
    void watch(Topic topic) {
        Thread.ofPlatform().daemon().start(() -> follow(topic));
    }

    private void follow(Topic topic) {
        Map<String, Object> config = new HashMap<>(settings.readerConfig("test-" + topic.topicName()));
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, EventDeserializer.class);
        try (var consumer = new KafkaConsumer<String, Envelope<?>>(config)) {
            var all = IntStream.range(0, settings.partitions())
                    .mapToObj(number -> new TopicPartition(topic.topicName(), number))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            var into = topic == Topic.TAG_SELECTED ? selections : decisions;
            while (!closing) {
                consumer.poll(Duration.ofMillis(50))
                        .forEach(record -> into.computeIfAbsent(record.key(), key -> new CopyOnWriteArrayList<>())
                                .add(record.value()));
            }
        }
    }

    Optional<Envelope<?>> newest(String target) {
        return Optional.ofNullable(selections.get(target)).map(List::getLast);
    }

    List<String> selectionsOf(String target) {
        return selections.getOrDefault(target, List.of()).stream()
                .map(envelope ->
                        ((TagSelected) envelope.event()).tags().getFirst().tag())
                .toList();
    }

    Optional<PolicyDecided> newestDecision(String target) {
        return Optional.ofNullable(decisions.get(target))
                .map(all -> (PolicyDecided) all.getLast().event());
    }

    @Override
    public void close() {
        closing = true;
        producer.close(Duration.ofSeconds(1));
    }
}
