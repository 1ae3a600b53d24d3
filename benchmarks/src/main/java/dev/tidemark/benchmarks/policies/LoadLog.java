package dev.tidemark.benchmarks.policies;

import dev.tidemark.benchmarks.Report;
import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.EventDeserializer;
import dev.tidemark.events.kafka.EventPartitioner;
import dev.tidemark.events.kafka.EventSerializer;
import dev.tidemark.events.kafka.LogSettings;
import dev.tidemark.events.kafka.TopicProvisioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker with the log, who writes into it, and when each selection was seen; and the file for what is found out. */
final class LoadLog implements AutoCloseable {

    private final Report report;
    private final EmbeddedBroker broker;
    private final LogSettings settings;
    private final KafkaProducer<String, Envelope<?>> producer;
    private final Map<String, Long> selectedAt = new ConcurrentHashMap<>();
    private final AtomicLong selections = new AtomicLong();
    private volatile boolean closing;
    private long second;

    LoadLog(int partitions, Path report) throws IOException {
        this.report = new Report(report);
        Path folder = Files.createTempDirectory("tidemark-load");
        this.broker = EmbeddedBroker.start(
                new BrokerSettings(folder, EmbeddedBroker.freePort(), EmbeddedBroker.freePort(), false));
        this.settings = new LogSettings(broker.bootstrapServers(), partitions, (short) 1, Duration.ofDays(1));
        new TopicProvisioner(settings, "load").provision();
        Map<String, Object> config = new HashMap<>(settings.writerConfig("load"));
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, EventSerializer.class);
        config.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, EventPartitioner.class);
        this.producer = new KafkaProducer<>(config);
        Thread.ofPlatform().daemon().start(this::follow);
    }

    LogSettings settings() {
        return settings;
    }

    void write(Event event) {
        var envelope = Envelope.first(event, "load", Instant.now());
        var unused = producer.send(new ProducerRecord<>(envelope.type().topic().topicName(), envelope.key(), envelope));
    }

    void flush() {
        producer.flush();
    }

    /** A first scan of an image with so many tags. */
    void scan(int image, int tags) {
        Scan scan = new Scan("scan-" + image, Instant.EPOCH);
        for (int tag = 0; tag < tags; tag++) {
            write(new Event.TagDiscovered(feed(image), "1." + tag / 20 + "." + tag % 20, null, scan, Scope.SCAN, null));
        }
        write(new Event.ScanCompleted(feed(image), scan, tags, tags, 0, "checksum"));
    }

    /** A tag that a webhook reports, higher than all before. */
    String push(int image) {
        second++;
        String tag = "2.0." + second;
        Scan scan = new Scan("look-" + second, Instant.ofEpochSecond(second));
        write(new Event.TagDiscovered(feed(image), tag, null, scan, Scope.TAG, null));
        return tag;
    }

    /** When the policy was seen to select the tag, in nanoseconds of this process. */
    long awaitSelected(Target target, String tag) {
        String key = target.text() + ' ' + tag;
        Long at = selectedAt.get(key);
        while (at == null) {
            LockSupport.parkNanos(100_000);
            at = selectedAt.get(key);
        }
        return at;
    }

    long selections() {
        return selections.get();
    }

    void awaitSelections(long count) {
        while (selections.get() < count) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    void say(String line) {
        report.say(line);
    }

    private void follow() {
        Map<String, Object> config = new HashMap<>(settings.readerConfig("load-reader"));
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, EventDeserializer.class);
        try (var consumer = new KafkaConsumer<String, Envelope<?>>(config)) {
            consumer.assign(IntStream.range(0, settings.partitions())
                    .mapToObj(number -> new TopicPartition(Topic.TAG_SELECTED.topicName(), number))
                    .toList());
            while (!closing) {
                consumer.poll(Duration.ofMillis(10)).forEach(record -> {
                    selections.incrementAndGet();
                    if (record.value().event() instanceof TagSelected selected) {
                        selectedAt.put(
                                record.key() + ' ' + selected.tags().getFirst().tag(), System.nanoTime());
                    }
                });
            }
        }
    }

    static Feed feed(int image) {
        return Feed.parse("ghcr.io/my-org/app-" + image + "#");
    }

    static Target target(int policy) {
        return new Target("local", "ImagePolicy", "apps", "app-" + policy);
    }

    static Event.PolicyDeclared policy(int policy, int image) {
        return new Event.PolicyDeclared(
                feed(image).image(),
                target(policy),
                feed(image),
                feed(image).image().text(),
                new PolicyRule.Semver(">=1.0.0"),
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of(),
                "uid",
                "1",
                1,
                false);
    }

    @Override
    public void close() {
        closing = true;
        producer.close(Duration.ofSeconds(2));
        broker.close();
    }
}
