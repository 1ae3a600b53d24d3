package dev.tidemark.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.log.TopicScan.Bounds;
import dev.tidemark.runtime.log.TopicScan.TooMuchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicScanTest {

    private static final Topic TOPIC = Topic.BRANCH_STATE;
    private static final LogSettings LOG = new LogSettings(1, (short) 1, Duration.ZERO);
    private static final TopicPartition ONLY = new TopicPartition("branch-state", 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final List<ConsumerRecord<String, byte[]>> stored = new ArrayList<>();

    private TopicScan scan(Duration silence) {
        consumer.updateBeginningOffsets(Map.of(ONLY, 0L));
        consumer.updateEndOffsets(Map.of(ONLY, (long) stored.size()));
        consumer.schedulePollTask(() -> stored.forEach(consumer::addRecord));
        return new TopicScan(LOG, () -> consumer, new EventReader(), Bounds.NONE, silence);
    }

    private void tombstone(String key) {
        stored.add(new ConsumerRecord<>(TOPIC.topicName(), 0, stored.size(), key, null));
    }

    private void junk(@Nullable String key) {
        stored.add(new ConsumerRecord<>(TOPIC.topicName(), 0, stored.size(), key, "junk".getBytes(UTF_8)));
    }

    @Test
    void readsToTheEndAsItWasAndPutsAsideWhatCannotBeRead() {
        tombstone("a");
        junk("b");
        junk(null);
        tombstone("c");
        List<String> read = new ArrayList<>();

        TopicScan scan = scan(TopicScan.LONGEST_SILENCE);
        consumer.schedulePollTask(() -> {
            throw new AssertionError("what comes later is of no interest");
        });
        scan.read(TOPIC, List.of(0), (key, event) -> read.add(key));

        assertThat(read).containsExactly("a", "c");
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void readsFromOffsetsAndOnlyKeysThatCount() {
        tombstone("a");
        tombstone("b");
        tombstone("c");
        tombstone("b");
        List<LogRecord> read = new ArrayList<>();

        scan(TopicScan.LONGEST_SILENCE).scan(TOPIC, Map.of(0, 2L), "b"::equals, read::add);

        assertThat(read).extracting(LogRecord::offset).containsExactly(3L);
    }

    @Test
    void anOffsetBeyondTheEndReadsNothing() {
        tombstone("a");
        List<LogRecord> read = new ArrayList<>();

        scan(TopicScan.LONGEST_SILENCE).scan(TOPIC, Map.of(0, 7L), any -> true, read::add);

        assertThat(read).isEmpty();
    }

    @Test
    void aBrokerThatSaysNothingEndsIt() {
        tombstone("a");
        TopicScan scan = scan(Duration.ZERO);
        consumer.schedulePollTask(() -> {});
        consumer.updateEndOffsets(Map.of(ONLY, 2L));

        assertThatThrownBy(() -> scan.read(TOPIC, List.of(0), (key, event) -> {}))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("branch-state-0");
    }

    @Test
    void moreThanTheCallerHasRoomForIsAnError() {
        tombstone("a");
        tombstone("b");
        tombstone("c");
        List<String> read = new ArrayList<>();

        assertThatThrownBy(() -> scan(TopicScan.LONGEST_SILENCE)
                        .within(new Bounds(2, Long.MAX_VALUE))
                        .read(TOPIC, List.of(0), (key, event) -> read.add(key)))
                .isInstanceOf(TooMuchException.class)
                .hasMessageContaining("branch-state holds more than the 2 records");
        assertThat(read).containsExactly("a", "b");
    }

    @Test
    void aStrayedRecordIsPutAside() {
        LogSettings two = new LogSettings(2, (short) 1, Duration.ZERO);
        int other = 1 - Partitioning.partition(TOPIC, "a", 2);
        var place = new TopicPartition("branch-state", other);
        Map<TopicPartition, Long> ends = new HashMap<>(Map.of(place, 1L));
        consumer.updateBeginningOffsets(Map.of(place, 0L));
        consumer.updateEndOffsets(ends);
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(TOPIC.topicName(), other, 0, "a", null)));
        List<String> read = new ArrayList<>();

        new TopicScan(two, () -> consumer, new EventReader(), Bounds.NONE, TopicScan.LONGEST_SILENCE)
                .read(TOPIC, List.of(other), (key, event) -> read.add(key));

        assertThat(read).isEmpty();
    }
}
