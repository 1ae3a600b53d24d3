package dev.tidemark.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.events.kafka.EventSerializer;
import dev.tidemark.events.kafka.RecordLimits;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.testkit.TestBroker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What reads and writes the log, against a real broker. Each test uses a topic of its own. */
class LogIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PARTITIONS = 3;
    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");

    private static TestBroker broker;
    private static LogClients clients;
    private static Producer<byte[], byte[]> writer;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
        clients = LogClients.at(broker.bootstrapServers(), new LogSettings(PARTITIONS, (short) 1, Duration.ofDays(30)));
        new TopicProvisioner(clients, "provisioner").provision();
        writer = clients.writer("writer");
    }

    @AfterAll
    static void stop() {
        writer.close();
        broker.close();
    }

    @Test
    void writesWhereTheContractSaysAndRestoresInOrder() throws Exception {
        String topic = Topic.TAG_SELECTED.topicName();
        try (var events = clients.eventWriter("events")) {
            for (int number = 0; number < 20; number++) {
                Envelope<?> selected = selected("app-" + number % 5, number);
                var stored = events.send(new ProducerRecord<>(topic, selected.key(), selected))
                        .get();
                assertThat(stored.partition())
                        .isEqualTo(Partitioning.partition(Topic.TAG_SELECTED, selected.key(), PARTITIONS));
            }
            events.send(new ProducerRecord<>(topic, selected("app-0", 0).key(), null))
                    .get();
        }
        writer.send(new ProducerRecord<>(topic, 1, bytes("junk"), bytes("not JSON")))
                .get();

        List<String> read = new ArrayList<>();
        new TopicScan(clients, "reader").read(Topic.TAG_SELECTED, List.of(0, 1, 2), (key, envelope) -> {
            if (key.endsWith("app-0")) {
                read.add(envelope == null ? "gone" : Long.toString(sequence(envelope)));
            }
            assertThat(key).isNotEqualTo("junk");
        });
        assertThat(read).containsExactly("0", "5", "10", "15", "gone");
    }

    @Test
    void restoringAnEmptyPartitionEnds() {
        List<String> read = new ArrayList<>();
        new TopicScan(clients, "reader").read(Topic.FEED_SCANNED, List.of(0, 2), (key, envelope) -> read.add(key));
        assertThat(read).isEmpty();
    }

    @Test
    void aTableFollowsItsTopicAndPutsAsideWhatItCannotRead() throws Exception {
        Topic topic = Topic.POLICY_DECIDED;
        Queue<Set<String>> changes = new ConcurrentLinkedQueue<>();
        try (var letters = new DeadLetters(clients, "letters");
                var table = new TopicTable(topic, clients, "table", letters, changes::add)) {
            put(topic, "a", selected("a", 1));
            put(topic, "a", selected("a", 2));
            put(topic, "b", selected("b", 1));
            writer.send(new ProducerRecord<>(topic.topicName(), partition(topic, "a"), bytes("a"), bytes("{broken")))
                    .get();
            writer.send(new ProducerRecord<>(topic.topicName(), partition(topic, "a"), null, bytes("no key")))
                    .get();
            put(topic, "c", selected("c", 1));
            put(topic, "b", null);
            table.start();

            assertThat(table.catchUp(LIMIT)).isTrue();
            assertThat(table.newest()).containsOnlyKeys("a", "c");
            assertThat(table.find("a"))
                    .hasValueSatisfying(newest -> assertThat(sequence(newest)).isEqualTo(2));
            assertThat(table.find("b")).isEmpty();

            put(topic, "d", selected("d", 1));
            assertThat(table.catchUp(LIMIT)).isTrue();
            assertThat(table.newest()).containsOnlyKeys("a", "c", "d");
            await().atMost(LIMIT).until(() -> changes.contains(Set.of("d")));
        }
        List<ConsumerRecord<String, byte[]>> dead = readAll(topic.deadLetterName(), 2);
        assertThat(dead).extracting(r -> new String(r.value(), UTF_8)).containsExactly("{broken", "no key");
        assertThat(dead.getFirst().key()).isEqualTo("a");
        assertThat(header(dead.getFirst(), "dead-letter-topic")).isEqualTo(topic.topicName());
        assertThat(header(dead.getFirst(), "dead-letter-partition")).isEqualTo(Integer.toString(partition(topic, "a")));
        assertThat(header(dead.getFirst(), "dead-letter-reason")).contains("not an event");
        assertThat(header(dead.get(1), "dead-letter-reason")).isEqualTo("the record has no key");
    }

    @Test
    void aTableOutlivesItsListenersFailureAndKeepsTheKeysAskedFor() throws Exception {
        Topic topic = Topic.UPDATE_APPLIED;
        try (var letters = new DeadLetters(clients, "letters");
                var table = new TopicTable(
                        topic,
                        clients,
                        "table",
                        letters,
                        keys -> {
                            throw new IllegalStateException("the listener fails: " + keys);
                        },
                        key -> key.startsWith("mine"))) {
            table.start();
            put(topic, "mine-1", selected("a", 1));
            assertThat(table.catchUp(LIMIT)).isTrue();
            put(topic, "other", selected("b", 1));
            put(topic, "mine-2", selected("c", 1));
            assertThat(table.catchUp(LIMIT)).isTrue();
            assertThat(table.newest()).containsOnlyKeys("mine-1", "mine-2");
        }
    }

    /** The fetch waits longer than the test may: a question behind it on its connection gets no answer in time. */
    @Test
    void anIdleTableCatchesUpWhileItsFetchWaits() throws Exception {
        Topic topic = Topic.TAG_CHECK_WANTED;
        Map<String, Object> patient = clients.readerConfig("patient");
        patient.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int)
                LIMIT.multipliedBy(4).toMillis());
        patient.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                LIMIT.multipliedBy(5).toMillis());
        try (var letters = new DeadLetters(clients, "letters");
                var table = new TopicTable(
                        topic,
                        clients.settings(),
                        "patient",
                        () -> new RawConsumer(patient),
                        () -> clients.reader("patient-ends"),
                        letters,
                        clients.events(),
                        keys -> {},
                        key -> true,
                        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, new Random(1)),
                        Clock.systemUTC(),
                        new TableHealths())) {
            table.start();
            put(topic, "a", selected("a", 1));
            await().atMost(LIMIT).until(() -> table.find("a").isPresent());
            for (int again = 0; again < 5; again++) {
                assertThat(table.catchUp(LIMIT)).isTrue();
            }
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .as("closing does not wait for the fetch either")
                .noneMatch(thread -> thread.getName().equals("patient"));
    }

    @Test
    void manyWhoCatchUpAtOnceAllSeeWhatWasThereWhenTheyAsked() throws Exception {
        Topic topic = Topic.REGISTRY_NOTIFIED;
        try (var letters = new DeadLetters(clients, "letters");
                var table = new TopicTable(topic, clients, "shared", letters, keys -> {});
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            table.start();
            List<Future<Boolean>> asked = new ArrayList<>();
            for (int number = 0; number < 50; number++) {
                String key = "key-" + number;
                asked.add(threads.submit(() -> {
                    put(topic, key, selected(key, 1));
                    return table.catchUp(LIMIT) && table.find(key).isPresent();
                }));
            }
            for (Future<Boolean> one : asked) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void aClosedTableSaysThatItCannotCatchUp() throws Exception {
        try (var letters = new DeadLetters(clients, "letters")) {
            var table = new TopicTable(Topic.BRANCH_STATE, clients, "table", letters, keys -> {});
            table.start();
            assertThat(table.catchUp(LIMIT)).isTrue();
            table.close();
            assertThat(table.catchUp(Duration.ofMillis(50))).isFalse();
        }
    }

    /** With the limits that channels have and the limits that readers have, through a value that does not compress. */
    @Test
    void theLargestEventFitsEverywhere() throws Exception {
        String noise = new Random(11)
                .ints(EventCodec.MAX_VALUE_BYTES - 1000, ' ', 'z')
                .mapToObj(c -> c == '"' || c == '\\' ? "x" : Character.toString(c))
                .collect(Collectors.joining());
        Envelope<?> large = Envelope.first(new Event.UpdateFailed("large", "b", noise, null), "test", NOW);
        Map<String, Object> config = clients.writerConfig("large");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RecordLimits.EVENT_BYTES);
        Topic topic = Topic.UPDATE_APPLIED;
        try (var producer = new KafkaProducer<byte[], byte[]>(config);
                var letters = new DeadLetters(clients, "large-letters")) {
            var headers = new RecordHeaders();
            byte[] value = new EventSerializer().serialize(topic.topicName(), headers, large);
            headers.add("noise", new byte[900_000]);
            producer.send(new ProducerRecord<>(
                            topic.topicName(), partition(topic, "large"), bytes("large"), value, headers))
                    .get();

            List<Integer> lengths = new ArrayList<>();
            new TopicScan(clients, "reader")
                    .read(
                            topic,
                            List.of(partition(topic, "large")),
                            (key, read) -> lengths.add(
                                    ((Event.UpdateFailed) requireNonNull(read).event())
                                            .message()
                                            .length()));
            assertThat(lengths).containsExactly(noise.length());

            var unreadable = new ConsumerRecord<>(topic.topicName(), 2, 7L, "large", value);
            unreadable.headers().add("value", value).add("again", value);
            letters.add(unreadable, new UndecodableException("unreadable"));
        }
        assertThat(readAll(topic.deadLetterName(), 1)).hasSize(1);
    }

    private static Envelope<Event.TagSelected> selected(String name, long sequence) {
        return Envelope.first(
                new Event.TagSelected(
                        new Target("local", "ImagePolicy", "apps", name),
                        new ImageName("ghcr.io/o/a"),
                        "ghcr.io/o/a",
                        List.of(new SelectedTag("1.0." + sequence, null)),
                        List.of(),
                        sequence,
                        NOW),
                "test",
                NOW);
    }

    private static long sequence(Envelope<?> envelope) {
        return ((Event.TagSelected) envelope.event()).sequence();
    }

    private static int partition(Topic topic, String key) {
        return Partitioning.partition(topic, key, PARTITIONS);
    }

    private static void put(Topic topic, String key, @Nullable Envelope<?> envelope) throws Exception {
        byte[] value = new EventSerializer().serialize(topic.topicName(), envelope);
        writer.send(new ProducerRecord<>(topic.topicName(), partition(topic, key), bytes(key), value))
                .get();
    }

    private static List<ConsumerRecord<String, byte[]>> readAll(String topic, int expected) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = clients.reader("dead-letters")) {
            var partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            assertThat(consumer.endOffsets(partition)).containsValue((long) expected);
            while (records.size() < expected) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(requireNonNull(record.headers().lastHeader(name)).value(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
