package dev.tidemark.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.testkit.contract.Tomorrow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The follower's thread is the test's own: it runs until the script has come to its end. */
class TopicFollowerTest {

    private static final LogSettings LOG = new LogSettings(2, (short) 1, Duration.ofDays(1));
    private static final Topic TOPIC = Topic.TAG_DISCOVERED;
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC.topicName(), 1);

    private final List<String> heard = new ArrayList<>();
    private final Queue<Consumer<String, byte[]>> consumers = new ArrayDeque<>();
    private final TableHealths healths = new TableHealths();
    private final List<TableHealth> seen = new ArrayList<>();

    private final TopicFollower follower = new TopicFollower(
            LOG,
            new EventReader(),
            "test",
            () -> Optional.ofNullable(consumers.poll()).orElseThrow(),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 0, new Random(1)),
            new InLine(),
            healths);

    /** Work begins when it is asked for, and whoever waits does not. */
    private static final class InLine implements Scheduler {
        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            throw new AssertionError("no timers");
        }

        @Override
        public Work start(String name, Runnable work) {
            work.run();
            return new Work() {
                @Override
                public void interrupt() {}

                @Override
                public CompletableFuture<Void> ended() {
                    return CompletableFuture.completedFuture(null);
                }
            };
        }

        @Override
        public <T> Optional<T> await(CompletableFuture<T> answer, Duration limit) {
            return Optional.empty();
        }
    }

    private MockConsumer<String, byte[]> consumer() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumers.add(consumer);
        return consumer;
    }

    private static ConsumerRecord<String, byte[]> claim(long offset) {
        Event claim = new Event.PartitionClaimed(1, "owner", "claim-" + offset);
        return record(offset, EventCodec.encode(Envelope.first(claim, "test", Instant.EPOCH)), null);
    }

    private static ConsumerRecord<String, byte[]> record(long offset, byte @Nullable [] value, @Nullable String epoch) {
        RecordHeaders headers = new RecordHeaders();
        if (epoch != null) {
            headers.add(Publication.Tombstone.EPOCH_HEADER, epoch.getBytes(StandardCharsets.UTF_8));
        }
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                Keys.claim(1),
                value,
                headers,
                Optional.empty());
    }

    private void hear(LogRecord record) {
        heard.add(record.offset() + " " + (record.envelope() == null ? record.ownerEpoch() : "claim"));
        seen.addAll(healths.now().values());
    }

    @Test
    void goesOnFromWhereItWasToldToAndFromWhereItWasAfterAFault() {
        var unused = follower.follow(1, Map.of(TOPIC, 7L), this::hear);
        var first = consumer();
        first.schedulePollTask(() -> {
            assertThat(first.position(PARTITION)).isEqualTo(7);
            first.addRecord(claim(7));
            first.addRecord(record(8, new byte[] {1}, null));
            first.addRecord(record(9, null, "5"));
        });
        first.schedulePollTask(() -> first.setPollException(new KafkaException("the broker is away")));
        var second = consumer();
        second.schedulePollTask(() -> {
            assertThat(healths.now().values()).allMatch(TableHealth.Failing.class::isInstance);
            assertThat(second.position(PARTITION)).isEqualTo(10);
            second.addRecord(record(10, null, "no number"));
        });
        second.schedulePollTask(follower::close);
        follower.start();
        assertThat(heard).containsExactly("7 claim", "9 5", "10 -1");
        assertThat(healths.now()).isEmpty();
        assertThat(first.closed() && second.closed()).isTrue();
    }

    @Test
    void whatOnlyANewerBuildKnowsIsNotHeardOf() {
        var unused = follower.follow(1, Map.of(TOPIC, 0L), this::hear);
        var mine = consumer();
        byte[] newer = Tomorrow.of(TOPIC.topicName()).stream()
                .filter(one -> !one.what().isRead())
                .findFirst()
                .orElseThrow()
                .value();
        mine.schedulePollTask(() -> mine.addRecord(record(0, newer, null)));
        mine.schedulePollTask(() -> mine.addRecord(claim(1)));
        mine.schedulePollTask(follower::close);
        follower.start();
        assertThat(heard).containsExactly("1 claim");
        assertThat(seen).allMatch(TableHealth.Following.class::isInstance);
    }

    @Test
    void whatIsNotFollowedAnyMoreIsNotReadAndTheOthersLoseNothing() {
        TopicPartition other = new TopicPartition(TOPIC.topicName(), 0);
        Runnable end = follower.follow(1, Map.of(TOPIC, 0L), this::hear);
        var mine = consumer();
        mine.schedulePollTask(() -> mine.addRecord(claim(0)));
        mine.schedulePollTask(() -> {
            end.run();
            var unused = follower.follow(0, Map.of(TOPIC, 3L), this::hear);
        });
        mine.schedulePollTask(() -> {
            assertThat(mine.assignment()).containsExactly(other);
            assertThat(mine.position(other)).isEqualTo(3);
            follower.close();
        });
        follower.start();
        assertThat(heard).containsExactly("0 claim");
    }

    /** What a listener throws costs that record only. */
    @Test
    void aListenersFaultEndsNothing() {
        var unused = follower.follow(1, Map.of(TOPIC, 0L), record -> {
            hear(record);
            throw new IllegalStateException("too strange");
        });
        var mine = consumer();
        mine.schedulePollTask(() -> mine.addRecord(claim(0)));
        mine.schedulePollTask(() -> mine.addRecord(claim(1)));
        mine.schedulePollTask(follower::close);
        follower.start();
        assertThat(heard).containsExactly("0 claim", "1 claim");
        assertThat(seen).allMatch(TableHealth.Following.class::isInstance);
    }
}
