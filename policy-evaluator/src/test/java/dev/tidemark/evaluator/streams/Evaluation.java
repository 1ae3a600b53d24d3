package dev.tidemark.evaluator.streams;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.EventDeserializer;
import dev.tidemark.events.kafka.EventSerializer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology under test, with words for what happens to it. */
final class Evaluation implements AutoCloseable {

    static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#flux-system/registry-credentials");
    static final Target POLICY = Target.parse("local/ImagePolicy/flux-system/my-app");
    static final List<String> TOMBSTONE = List.of("(tombstone)");
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final TopologyTestDriver driver;
    private final Map<Topic, TestInputTopic<String, Envelope<?>>> inputs;
    private long sequence;

    Evaluation(Path folder) {
        this(folder, 1);
    }

    Evaluation(Path folder, int partitions) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "evaluation");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        this.driver = new TopologyTestDriver(
                EvaluationTopology.build(Clock.fixed(NOON, ZoneOffset.UTC), partitions, "test"), properties);
        this.inputs = Map.of(
                Topic.TAG_DISCOVERED, input(Topic.TAG_DISCOVERED), Topic.POLICY_DECLARED, input(Topic.POLICY_DECLARED));
    }

    private TestInputTopic<String, Envelope<?>> input(Topic topic) {
        return driver.createInputTopic(topic.topicName(), new StringSerializer(), new EventSerializer());
    }

    void write(Event event) {
        Envelope<Event> envelope = Envelope.first(event, "test", NOON);
        topic(envelope.type().topic()).pipeInput(envelope.key(), envelope);
    }

    private TestInputTopic<String, Envelope<?>> topic(Topic topic) {
        TestInputTopic<String, Envelope<?>> input = inputs.get(topic);
        if (input == null) {
            throw new IllegalArgumentException(topic + " is no input");
        }
        return input;
    }

    void writeRaw(Topic topic, @Nullable String key, byte[] value) {
        driver.createInputTopic(topic.topicName(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
    }

    void tombstone(Topic topic, String key, String... headers) {
        RecordHeaders all = new RecordHeaders();
        for (String header : headers) {
            all.add(header, new byte[] {1});
        }
        topic(topic).pipeInput(new TestRecord<>(key, null, all));
    }

    void declare(PolicyRule rule) {
        declare(POLICY, FEED, rule);
    }

    void declare(Target target, Feed feed, PolicyRule rule) {
        write(declared(target, feed, rule, ++sequence));
    }

    static Event.PolicyDeclared declared(Target target, Feed feed, PolicyRule rule, long sequence) {
        return new Event.PolicyDeclared(
                feed.image(),
                target,
                feed,
                feed.image().text(),
                rule,
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of(),
                "uid",
                "1",
                sequence,
                false);
    }

    static Scan scan(int second) {
        return new Scan("scan-" + second, NOON.plusSeconds(second));
    }

    /** What a full scan publishes: its difference, then its end. */
    void scanned(int second, List<String> added, List<String> removed) {
        added.forEach(tag -> found(second, tag, Scope.SCAN, null));
        removed.forEach(tag -> write(new Event.TagRemoved(FEED, tag, scan(second), Scope.SCAN)));
        write(new Event.ScanCompleted(FEED, scan(second), 0, added.size(), removed.size(), "checksum"));
    }

    void found(int second, String tag, Scope scope, @Nullable String digest) {
        write(new Event.TagDiscovered(FEED, tag, digest, scan(second), scope, NOON));
    }

    void gone(int second, String tag) {
        write(new Event.TagRemoved(FEED, tag, scan(second), Scope.TAG));
    }

    List<KeyValue<String, Envelope<?>>> read(Topic topic) {
        return driver.createOutputTopic(topic.topicName(), new StringDeserializer(), new EventDeserializer())
                .readKeyValuesToList();
    }

    List<TestRecord<String, byte[]>> deadLetters(Topic topic) {
        return driver.createOutputTopic(topic.deadLetterName(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** The tags of the selections published since the last look, one list each; {@link #TOMBSTONE} for a tombstone. */
    List<List<String>> selections() {
        return read(Topic.TAG_SELECTED).stream().map(Evaluation::tags).toList();
    }

    private static List<String> tags(KeyValue<String, Envelope<?>> record) {
        if (record.value == null) {
            return TOMBSTONE;
        }
        return ((Event.TagSelected) record.value.event())
                .tags().stream().map(tag -> tag.tag()).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
