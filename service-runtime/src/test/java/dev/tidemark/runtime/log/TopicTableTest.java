package dev.tidemark.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.time.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A table on this thread, over consumers whose every poll is written down. */
class TopicTableTest {

    private static final Topic TOPIC = Topic.TAG_SELECTED;
    private static final int PARTITIONS = 2;
    private static final LogSettings LOG =
            new LogSettings(new TopicNames("prod."), PARTITIONS, (short) 1, Duration.ZERO);
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 0, new Random(1));

    private final Queue<Consumer<String, byte[]>> consumers = new ArrayDeque<>();
    private final Map<TopicPartition, Long> written = new HashMap<>();
    private final MockProducer<byte[], byte[]> letters =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<Set<String>> told = new ArrayList<>();
    private final List<TableHealth> seen = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final TableHealths healths = new TableHealths();
    private final EventReader events = new EventReader();
    private @Nullable RuntimeException listenersFault;

    /** What happens in one poll. */
    private interface Poll {
        void on(MockConsumer<String, byte[]> consumer);
    }

    private TopicTable table() {
        return new TopicTable(
                TOPIC,
                LOG,
                "table",
                consumers::remove,
                consumers::remove,
                new DeadLetters(LOG.names(), letters),
                events,
                keys -> {
                    told.add(keys);
                    RuntimeException fault = listenersFault;
                    if (fault != null) {
                        throw fault;
                    }
                },
                key -> true,
                QUICK,
                Clock.systemUTC(),
                healths);
    }

    /** A consumer that does these things, one in each poll. */
    private MockConsumer<String, byte[]> consumer(Poll... polls) {
        var consumer = new MockConsumer<String, byte[]>("earliest") {
            @Override
            public synchronized ConsumerRecords<String, byte[]> poll(Duration longest) {
                waits.add(longest);
                return super.poll(longest);
            }
        };
        Map<TopicPartition, Long> begin = new HashMap<>();
        LOG.partitionsOf(TOPIC).forEach(partition -> begin.put(partition, 0L));
        consumer.updateBeginningOffsets(begin);
        Stream.of(polls).forEach(poll -> consumer.schedulePollTask(() -> poll.on(consumer)));
        consumers.add(consumer);
        return consumer;
    }

    private ConsumerRecord<String, byte[]> record(int partition, @Nullable String key, byte @Nullable [] value) {
        var place = new TopicPartition(LOG.name(TOPIC), partition);
        long offset = written.merge(place, 1L, Long::sum) - 1;
        return new ConsumerRecord<>(place.topic(), partition, offset, key, value);
    }

    private ConsumerRecord<String, byte[]> selected(String name, long sequence) {
        String key = key(name);
        Envelope<?> envelope = Envelope.first(
                new Event.TagSelected(
                        new Target("prod", "ImagePolicy", "apps", name),
                        new ImageName("ghcr.io/o/a"),
                        "ghcr.io/o/a",
                        List.of(new SelectedTag("1.0." + sequence, null)),
                        List.of(),
                        sequence,
                        NOW),
                "test",
                NOW);
        return record(partition(key), key, EventCodec.encode(envelope));
    }

    private static String key(String name) {
        return "prod/ImagePolicy/apps/" + name;
    }

    private static int partition(String key) {
        return Partitioning.partition(TOPIC, key, PARTITIONS);
    }

    /** A fetch that waits for records would keep the question where another partition begins from its answer. */
    @Test
    void knowsWhereAllPartitionsBeginBeforeItFetches() {
        TopicTable table = table();
        Set<TopicPartition> unasked = new HashSet<>(LOG.partitionsOf(TOPIC));
        Set<TopicPartition> atFirstPoll = new HashSet<>(unasked);
        var consumer = new MockConsumer<String, byte[]>("earliest") {
            @Override
            public synchronized long position(TopicPartition partition) {
                unasked.remove(partition);
                return super.position(partition);
            }
        };
        Map<TopicPartition, Long> begin = new HashMap<>();
        unasked.forEach(partition -> begin.put(partition, 0L));
        consumer.updateBeginningOffsets(begin);
        consumer.schedulePollTask(() -> {
            atFirstPoll.retainAll(unasked);
            table.close();
        });
        consumers.add(consumer);

        table.run();

        assertThat(atFirstPoll).isEmpty();
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new KafkaException("the broker is away"),
                new IllegalStateException("a fault of ours"),
                new NoClassDefFoundError("com/example/Missing"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void goesOnAfterAnyFaultWithANewConsumerFromWhereItWasAndSaysSoMeanwhile(Throwable fault) {
        TopicTable table = table();
        var first =
                consumer(polled -> polled.addRecord(selected("a", 1)), polled -> seen.add(table.health()), polled -> {
                    throw sneaky(fault);
                });
        consumer(
                polled -> seen.add(table.health()),
                polled -> polled.addRecord(selected("a", 2)),
                polled -> polled.addRecord(selected("b", 1)),
                polled -> {},
                polled -> untilFollowing(table, polled));

        table.run();

        assertThat(first.closed()).isTrue();
        assertThat(table.newest()).containsOnlyKeys(key("a"), key("b"));
        assertThat(seen.get(0)).isEqualTo(new TableHealth.Following());
        assertThat(seen.get(1)).isInstanceOfSatisfying(TableHealth.Failing.class, failing -> assertThat(failing.cause())
                .isEqualTo(String.valueOf(fault.getMessage())));
        assertThat(table.health()).isEqualTo(new TableHealth.Following());
        assertThat(told).containsExactly(Set.of(key("a")), Set.of(key("a")), Set.of(key("b")));
        assertThat(written.values().stream().mapToLong(Long::longValue).sum())
                .as("nothing was read twice")
                .isEqualTo(3);
    }

    /** The wait after a fault has passed soon: it is a millisecond. */
    private static void untilFollowing(TopicTable table, MockConsumer<String, byte[]> consumer) {
        if (table.health() instanceof TableHealth.Following) {
            table.close();
        } else {
            consumer.schedulePollTask(() -> untilFollowing(table, consumer));
        }
    }

    @Test
    void aFaultThatStaysKeepsItsFirstMoment() {
        TopicTable table = table();
        for (int i = 0; i < 3; i++) {
            consumer(polled -> {
                seen.add(table.health());
                throw new KafkaException("away");
            });
        }
        consumer(polled -> table.close());

        table.run();

        assertThat(seen.get(1)).isInstanceOf(TableHealth.Failing.class).isEqualTo(seen.get(2));
        assertThat(table.health()).isEqualTo(seen.get(1));
    }

    @Test
    void aConsumerThatCannotBeMadeIsAFaultToo() {
        TopicTable table = table();
        consumer(polled -> {
            throw new KafkaException("away");
        });
        // nothing left to give: NoSuchElementException, until there is
        Thread.ofVirtual().start(() -> {
            while (!(table.health() instanceof TableHealth.Failing(String cause, var since)) || "away".equals(cause)) {
                Thread.onSpinWait();
            }
            table.close();
        });

        table.run();

        assertThat(table.health()).isInstanceOf(TableHealth.Failing.class);
    }

    @Test
    void aVirtualMachineAtItsEndIsNotSurvivedButSaid() {
        TopicTable table = table();
        consumer(polled -> {
            throw new OutOfMemoryError("heap");
        });

        assertThatThrownBy(table::run).isInstanceOf(OutOfMemoryError.class);
        assertThat(table.health()).isInstanceOf(TableHealth.Failing.class);
    }

    @Test
    void whatCannotBeReadBecomesADeadLetterAndReadingGoesOn() {
        TopicTable table = table();
        String strayed = key("strayed");
        consumer(
                polled -> {
                    polled.addRecord(record(0, null, "no key".getBytes(UTF_8)));
                    polled.addRecord(record(partition(key("junk")), key("junk"), "not JSON".getBytes(UTF_8)));
                    polled.addRecord(record(
                            partition(key("deep")),
                            key("deep"),
                            "[".repeat(100_000).getBytes(UTF_8)));
                    polled.addRecord(record(
                            1 - partition(strayed),
                            strayed,
                            selected("strayed", 1).value()));
                    polled.addRecord(record(1 - partition(strayed), strayed, null));
                    polled.addRecord(selected("a", 1));
                },
                polled -> table.close());

        table.run();

        assertThat(table.newest()).containsOnlyKeys(key("a"));
        assertThat(letters.history()).hasSize(5).allMatch(letter -> letter.topic()
                .equals("prod.tag-selected.dead-letter"));
        assertThat(letters.history())
                .extracting(letter -> new String(
                        letter.headers().lastHeader("dead-letter-reason").value(), UTF_8))
                .anyMatch(reason -> reason.contains("no key"))
                .anyMatch(reason -> reason.contains("its key belongs in"));
        assertThat(table.health()).isEqualTo(new TableHealth.Following());
    }

    @Test
    void aListenerThatFailsIsToldAgainUntilItDoesNot() {
        TopicTable table = table();
        listenersFault = new IllegalStateException("not now");
        consumer(
                polled -> polled.addRecord(selected("a", 1)),
                polled -> listenersFault = null,
                polled -> untilFollowing(table, polled));

        table.run();

        assertThat(told).startsWith(Set.of(key("a"))).endsWith(Set.of(key("a"))).hasSizeGreaterThan(1);
        assertThat(table.health()).as("nothing is left to be told").isEqualTo(new TableHealth.Following());
    }

    /** A table that has nothing to do waits long for a record: not while somebody is to be told again. */
    @Test
    void aListenerThatFailsIsToldAgainWhenItsTimeHasComeAndHealthSaysSoMeanwhile() {
        TopicTable table = table();
        listenersFault = new IllegalStateException("not now");
        consumer(
                polled -> polled.addRecord(selected("a", 1)),
                polled -> {
                    seen.add(table.health());
                    listenersFault = null;
                },
                polled -> untilFollowing(table, polled));

        table.run();

        assertThat(waits.get(1)).isLessThanOrEqualTo(Duration.ofMillis(1));
        assertThat(waits.getLast()).isEqualTo(Duration.ofSeconds(30));
        assertThat(seen).hasSize(1).allSatisfy(health -> assertThat(health)
                .isInstanceOfSatisfying(TableHealth.Failing.class, failing -> assertThat(failing.cause())
                        .isEqualTo("what has changed could not be dealt with: not now")));
        assertThat(table.health()).isEqualTo(new TableHealth.Following());
    }

    @Test
    void aConnectionThatFailsToSayWhereTheTopicEndsIsReplaced() throws Exception {
        TopicTable table = table();
        var broken = consumer();
        broken.setOffsetsException(new KafkaException("gone"));
        consumer();

        assertThat(table.catchUp(Duration.ofSeconds(1))).isFalse();
        assertThat(broken.closed()).isTrue();
        assertThat(table.catchUp(Duration.ofMillis(1))).isFalse();

        assertThat(consumers).as("another one was asked").isEmpty();
    }

    @Test
    void readinessAsksItFromItsStartToItsEnd() {
        TopicTable table = table();
        consumer();
        assertThat(healths.now()).isEmpty();

        table.start();
        assertThat(healths.now()).containsOnlyKeys("table");
        table.close();

        assertThat(healths.now()).isEmpty();
    }

    private static RuntimeException sneaky(Throwable fault) {
        return TopicTableTest.<RuntimeException>thrown(fault);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T thrown(Throwable fault) throws T {
        throw (T) fault;
    }
}
