package dev.tidemark.evaluator.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.EventDeserializer;
import dev.tidemark.events.kafka.EventSerializer;
import dev.tidemark.runtime.log.EventReader;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.publish.LogListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology under test, with words for what happens to it. */
final class Evaluation implements AutoCloseable {

    private final EventReader events = new EventReader();

    /** What listeners heard that was read, of whoever runs now. */
    private final List<Event> heard = new ArrayList<>();

    private final LogListener listener = new LogListener() {
        @Override
        public void read(Envelope<?> event) {
            heard.add(event.event());
        }

        @Override
        public void appended(Envelope<?> event) {}

        @Override
        public void deadLetter(Topic from) {}
    };

    static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#flux-system/registry-credentials");
    static final Target POLICY = Target.parse("local/ImagePolicy/flux-system/my-app");
    static final List<String> TOMBSTONE = List.of("(tombstone)");
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Path folder;
    private final int partitions;
    private TopologyTestDriver driver;
    private Map<Topic, TestInputTopic<String, Envelope<?>>> inputs;
    private long sequence;
    private Instant now = NOON;
    private Map<String, Long> shown = Map.of();

    Evaluation(Path folder) {
        this(folder, 1);
    }

    Evaluation(Path folder, int partitions) {
        this.folder = folder;
        this.partitions = partitions;
        this.driver = driver();
        this.inputs = inputs();
    }

    /** A new owner with nothing but the stores; what was written and not yet read is lost to the test. */
    void restart() {
        Map<String, Map<Object, Object>> kept = new TreeMap<>();
        for (String name : Stores.NAMES) {
            Map<Object, Object> entries = new TreeMap<>();
            try (KeyValueIterator<Object, Object> all =
                    driver.getKeyValueStore(name).all()) {
                all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
            }
            kept.put(name, entries);
        }
        driver.close();
        heard.clear();
        driver = driver();
        inputs = inputs();
        kept.forEach((name, entries) -> {
            KeyValueStore<Object, Object> store = driver.getKeyValueStore(name);
            entries.forEach(store::put);
        });
    }

    /** What a newer owner has put into a store of events. */
    void store(String name, Event event) {
        Envelope<Event> envelope = Envelope.first(event, "test", now);
        driver.getKeyValueStore(name).put(envelope.key(), envelope);
    }

    /** The bytes of an event in a store. */
    String stored(String name, String key) {
        return new String(
                EventCodec.encode((Envelope<?>) driver.getKeyValueStore(name).get(key)), UTF_8);
    }

    /** What listeners heard beside what is read of the log. */
    List<Event> heard() {
        return List.copyOf(heard);
    }

    /** What a log shows whose evaluation begins anew. */
    void shows(Target target, long sequence) {
        shown = Map.of(target.text(), sequence);
    }

    /** How many tags are known. */
    int tags() {
        return size("tags");
    }

    /** How many pages of bases are kept. */
    int pages() {
        return size("pages");
    }

    int feeds() {
        return size("feeds");
    }

    private int size(String store) {
        int count = 0;
        try (KeyValueIterator<Object, Object> all =
                driver.getKeyValueStore(store).all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    private TopologyTestDriver driver() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "evaluation");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        return new TopologyTestDriver(
                EvaluationTopology.build(
                        events,
                        () -> now,
                        new LogSettings(partitions, (short) 1, Duration.ofDays(1)),
                        "test",
                        new NextLoop(System::nanoTime),
                        () -> shown,
                        listener),
                properties,
                now);
    }

    private Map<Topic, TestInputTopic<String, Envelope<?>>> inputs() {
        return Map.of(
                Topic.TAG_DISCOVERED,
                input(Topic.TAG_DISCOVERED),
                Topic.POLICY_DECLARED,
                input(Topic.POLICY_DECLARED),
                Topic.POLICY_HANDED_OVER,
                input(Topic.POLICY_HANDED_OVER),
                Topic.CONTROL_REQUESTED,
                input(Topic.CONTROL_REQUESTED));
    }

    /** Time passes, and the topology's timers run. */
    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** The clock is set, forwards or backwards, and nobody notices by himself. */
    void setClock(Instant time) {
        now = time;
    }

    Instant now() {
        return now;
    }

    void halt(String who, String why) {
        write(new Event.ControlRequested(Event.ControlRequested.EVERYTHING, Event.ControlAction.HALT, who, why));
    }

    void lift(String who, String why) {
        write(new Event.ControlRequested(Event.ControlRequested.EVERYTHING, Event.ControlAction.LIFT, who, why));
    }

    /** The conditions said since the last look, {@code Reason: message} each. */
    List<String> said() {
        return read(Topic.POLICY_DECIDED).stream()
                .map(record -> (Event.PolicyDecided) record.value.event())
                .map(decided -> decided.reason() + ": " + decided.message())
                .toList();
    }

    /** What watchers are asked since the last look: {@code tag PURPOSE}, or {@code tag -} for nothing any more. */
    List<String> checks() {
        return read(Topic.TAG_CHECK_WANTED).stream()
                .map(record -> record.key.substring(record.key.indexOf('|') + 1)
                        + ' '
                        + (record.value == null ? "-" : ((Event.TagCheckWanted) record.value.event()).purpose()))
                .toList();
    }

    private TestInputTopic<String, Envelope<?>> input(Topic topic) {
        return driver.createInputTopic(topic.topicName(), new StringSerializer(), new EventSerializer());
    }

    /** What a watcher finds that was asked to look, by its own clock. */
    void answer(int second, String tag, String digest, String question, Instant at) {
        Event event = new Event.TagDiscovered(FEED, tag, digest, scan(second), Scope.TAG, at);
        Envelope<Event> first = Envelope.first(event, "test", at);
        topic(Topic.TAG_DISCOVERED)
                .pipeInput(
                        first.key(),
                        new Envelope<>(first.id(), "test", at, first.correlationid(), question, null, event));
    }

    void write(Event event) {
        Envelope<Event> envelope = Envelope.first(event, "test", now);
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

    void tombstone(Topic topic, String key) {
        topic(topic).pipeInput(new TestRecord<>(key, null, new RecordHeaders()));
    }

    /** The log forgets a tag, or a feed. */
    void forget(String key, long epoch) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Publication.Tombstone.EPOCH_HEADER, Long.toString(epoch).getBytes(UTF_8));
        topic(Topic.TAG_DISCOVERED).pipeInput(new TestRecord<>(key, null, headers));
    }

    void withdraw(ImageName image, Target target, Withdrawal why) {
        RecordHeaders headers = new RecordHeaders();
        why.headers().forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
        topic(Topic.POLICY_DECLARED).pipeInput(new TestRecord<>(Keys.declared(image, target), null, headers));
    }

    void declare(Target target, Feed feed, PolicyRule rule) {
        write(declared(target, feed, rule, ++sequence));
    }

    /** Declares {@code rule} with annotations of {@code tidemark.dev/}, given as name and value in turn. */
    void declare(PolicyRule rule, String... annotations) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < annotations.length; i += 2) {
            all.put("tidemark.dev/" + annotations[i], annotations[i + 1]);
        }
        write(annotated(declared(POLICY, FEED, rule, ++sequence), all));
    }

    static Event.PolicyDeclared annotated(Event.PolicyDeclared policy, Map<String, String> annotations) {
        return new Event.PolicyDeclared(
                policy.image(),
                policy.target(),
                policy.feed(),
                policy.name(),
                policy.rule(),
                policy.filterTags(),
                policy.digestReflection(),
                policy.exclusionList(),
                annotations,
                policy.uid(),
                policy.resourceVersion(),
                policy.sequence(),
                policy.suspended(),
                policy.interval(),
                null,
                null);
    }

    /** Declares {@code rule} with a digest policy. */
    void declareReflecting(PolicyRule rule, String reflection, @Nullable Duration interval) {
        Event.PolicyDeclared policy = declared(POLICY, FEED, rule, ++sequence);
        write(new Event.PolicyDeclared(
                policy.image(),
                policy.target(),
                policy.feed(),
                policy.name(),
                policy.rule(),
                policy.filterTags(),
                reflection,
                policy.exclusionList(),
                policy.annotations(),
                policy.uid(),
                policy.resourceVersion(),
                policy.sequence(),
                policy.suspended(),
                interval,
                null,
                null));
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

    /** Of the only owner, which claimed the partition with its first record. */
    static Scan scan(int second) {
        return new Scan("scan-" + second, NOON.plusSeconds(second), 0L, (long) second);
    }

    /** What a full scan publishes: its difference, then its end. */
    void scanned(int second, List<String> added, List<String> removed) {
        added.forEach(tag -> found(second, tag, Scope.SCAN, null));
        removed.forEach(tag -> write(new Event.TagRemoved(FEED, tag, scan(second), Scope.SCAN)));
        write(new Event.ScanCompleted(FEED, scan(second), 0, added.size(), removed.size(), "checksum"));
    }

    void found(int second, String tag, Scope scope, @Nullable String digest) {
        write(new Event.TagDiscovered(FEED, tag, digest, scan(second), scope, now));
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
