package dev.tidemark.benchmarks.policies;

import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.evaluator.app.EvaluatorConfig;
import dev.tidemark.evaluator.app.EvaluatorStreams;
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
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * The topology with the broker in one process: {@code EvaluatorLoad <images> <tags of each> <file>}. Adds to the file how long it takes
 * from the first event to all selections, from a restart to ready, and from a tag to its decision.
 */
public final class EvaluatorLoad implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final int IDLE_SAMPLES = 200;
    private static final int BUSY_SECONDS = 15;
    private static final int BUSY_RATE = 1_000;

    private final Path report;
    private final int images;
    private final int tags;
    private final EmbeddedBroker broker;
    private final LogSettings log;
    private final KafkaProducer<String, Envelope<?>> producer;
    private final Map<String, Long> selectedAt = new ConcurrentHashMap<>();
    private final AtomicLong selections = new AtomicLong();
    private volatile boolean closing;
    private long second;

    private EvaluatorLoad(int images, int tags, Path report) throws IOException {
        this.report = report;
        this.images = images;
        this.tags = tags;
        Path folder = Files.createTempDirectory("tidemark-load");
        this.broker = EmbeddedBroker.start(
                new BrokerSettings(folder, EmbeddedBroker.freePort(), EmbeddedBroker.freePort(), false));
        this.log = new LogSettings(broker.bootstrapServers(), PARTITIONS, (short) 1, Duration.ofDays(1));
        new TopicProvisioner(log, "load").provision();
        Map<String, Object> config = new HashMap<>(log.writerConfig("load"));
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, EventSerializer.class);
        config.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, EventPartitioner.class);
        this.producer = new KafkaProducer<>(config);
    }

    public static void main(String[] args) throws Exception {
        try (var load = new EvaluatorLoad(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Path.of(args[2]))) {
            load.run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        Thread.ofPlatform().daemon().start(this::follow);
        for (int image = 0; image < images; image++) {
            write(policy(image));
        }
        EvaluatorStreams streams = start();
        long begin = System.nanoTime();
        for (int image = 0; image < images; image++) {
            scan(image);
        }
        producer.flush();
        long written = System.nanoTime();
        awaitSelections(images);
        long events = (long) images * (tags + 1);
        say("%d images x %d tags: written in %.1f s, all selected after %.1f s, %.0f events/s"
                .formatted(
                        images,
                        tags,
                        seconds(begin, written),
                        seconds(begin, System.nanoTime()),
                        events / seconds(begin, System.nanoTime())));
        memory();
        streams.close();
        long restart = System.nanoTime();
        streams = start();
        say("restart to running with the state restored: %.1f s".formatted(seconds(restart, System.nanoTime())));
        memory();
        say("tag to decision, idle: %s".formatted(percentiles(idle())));
        say("tag to decision, %d events/s: %s".formatted(BUSY_RATE, percentiles(busy())));
        memory();
        streams.close();
    }

    private EvaluatorStreams start() {
        var streams = new EvaluatorStreams(new Defaults(), log, Clock.systemUTC(), "load");
        streams.start();
        while (!streams.isRunning()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return streams;
    }

    private void scan(int image) {
        Scan scan = new Scan("scan-" + image, Instant.EPOCH);
        for (int tag = 0; tag < tags; tag++) {
            write(new Event.TagDiscovered(feed(image), "1." + tag / 20 + "." + tag % 20, null, scan, Scope.SCAN, null));
        }
        write(new Event.ScanCompleted(feed(image), scan, tags, tags, 0, "checksum"));
    }

    private long[] idle() {
        long[] nanos = new long[IDLE_SAMPLES];
        for (int i = 0; i < IDLE_SAMPLES; i++) {
            long sent = push(i % images);
            nanos[i] = awaitSelected(i % images, "2.0." + second) - sent;
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return nanos;
    }

    private long[] busy() {
        int count = BUSY_SECONDS * BUSY_RATE;
        String[] keys = new String[count];
        long[] sent = new long[count];
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            while (System.nanoTime() - begin < i * (1_000_000_000L / BUSY_RATE)) {
                LockSupport.parkNanos(50_000);
            }
            sent[i] = push(i % images);
            keys[i] = target(i % images).text() + " 2.0." + second;
        }
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = await(keys[i]) - sent[i];
        }
        return Arrays.copyOfRange(nanos, count / 5, count); // the first fifth warms up
    }

    private long push(int image) {
        second++;
        Scan scan = new Scan("look-" + second, Instant.ofEpochSecond(second));
        long now = System.nanoTime();
        write(new Event.TagDiscovered(feed(image), "2.0." + second, null, scan, Scope.TAG, null));
        return now;
    }

    private long awaitSelected(int image, String tag) {
        return await(target(image).text() + ' ' + tag);
    }

    private long await(String key) {
        Long at = selectedAt.get(key);
        while (at == null) {
            LockSupport.parkNanos(100_000);
            at = selectedAt.get(key);
        }
        return at;
    }

    private void awaitSelections(int count) {
        while (selections.get() < count) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private void follow() {
        Map<String, Object> config = new HashMap<>(log.readerConfig("load-reader"));
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, EventDeserializer.class);
        try (var consumer = new KafkaConsumer<String, Envelope<?>>(config)) {
            var all = IntStream.range(0, PARTITIONS)
                    .mapToObj(number -> new TopicPartition(Topic.TAG_SELECTED.topicName(), number))
                    .toList();
            consumer.assign(all);
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

    private void write(Event event) {
        var envelope = Envelope.first(event, "load", Instant.now());
        var unused = producer.send(new ProducerRecord<>(envelope.type().topic().topicName(), envelope.key(), envelope));
    }

    private static Feed feed(int image) {
        return Feed.parse("ghcr.io/my-org/app-" + image + "#");
    }

    private static Target target(int image) {
        return new Target("local", "ImagePolicy", "apps", "app-" + image);
    }

    private static Event.PolicyDeclared policy(int image) {
        return new Event.PolicyDeclared(
                feed(image).image(),
                target(image),
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

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private static String percentiles(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return "p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                .formatted(
                        sorted[sorted.length / 2] / 1e6,
                        sorted[sorted.length * 99 / 100] / 1e6,
                        sorted[sorted.length - 1] / 1e6);
    }

    private void memory() throws IOException {
        System.gc();
        Runtime heap = Runtime.getRuntime();
        String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("VmRSS unknown");
        say("heap in use %d MB, %s (broker, topology and load in one process)"
                .formatted((heap.totalMemory() - heap.freeMemory()) / 1_000_000, resident.replaceAll("\\s+", " ")));
    }

    private void say(String line) throws IOException {
        Files.writeString(report, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() {
        closing = true;
        producer.close(Duration.ofSeconds(2));
        broker.close();
    }

    /** The settings as they are when nobody sets any. */
    private record Defaults() implements EvaluatorConfig {
        @Override
        public String applicationId() {
            return "policy-evaluator";
        }

        @Override
        public Optional<String> instanceId() {
            return Optional.empty();
        }

        @Override
        public int standbyReplicas() {
            return 0;
        }

        @Override
        public Duration commitInterval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration poll() {
            return Duration.ofMillis(5);
        }

        @Override
        public Duration transactionTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration sessionTimeout() {
            return Duration.ofSeconds(6);
        }
    }
}
