package dev.tidemark.evaluation.replay;

import static dev.tidemark.evaluation.replay.Past.FEED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.Ranges;
import dev.tidemark.evaluation.history.RecordedHistory.Cursor;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.testkit.contract.Tomorrow;
import dev.tidemark.testkit.contract.Tomorrow.Changed;
import dev.tidemark.testkit.contract.Tomorrow.What;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a newer build wrote is in a range as it wrote it, breaks no replay, and is said. */
class TomorrowRangeTest {

    private static final int PARTITIONS = 4;
    private static final long LATE = 99_999;

    private final Past past = new Past(PARTITIONS);

    @TempDir
    private Path folder;

    @BeforeEach
    void happen() {
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of()));
        past.listed(FEED, "0.1.0");
        past.pass(Duration.ofHours(1));
        past.pushed(FEED, "1.0.0");
    }

    static Stream<Changed> replayed() {
        List<Topic> topics = List.of(
                Topic.TAG_DISCOVERED,
                Topic.POLICY_DECLARED,
                Topic.POLICY_HANDED_OVER,
                Topic.CONTROL_REQUESTED,
                Topic.POLICY_DECIDED,
                Topic.TAG_SELECTED);
        return Tomorrow.all().filter(one -> topics.contains(topic(one)));
    }

    private static Topic topic(Changed changed) {
        return Topic.named(changed.topic()).orElseThrow();
    }

    private HistoryRecord record(Changed changed, long offset) {
        Topic topic = topic(changed);
        int partition = Partitioning.partition(topic, changed.key(), PARTITIONS);
        return Ranges.record(topic, partition, offset, past.now(), changed.key(), changed.value());
    }

    private RangeFile with(List<HistoryRecord> more) {
        return past.export(folder, Past.NOON, records -> Stream.concat(records.stream(), more.stream())
                .toList());
    }

    @ParameterizedTest
    @MethodSource("replayed")
    void aRecordOfTomorrowIsSaid(Changed changed) {
        try (RangeFile range = with(List.of(record(changed, LATE)))) {
            Replay.Result result = Replay.of(range);
            // members are added so that they may be ignored
            assertThat(result.leftOut()).isEqualTo(changed.what() == What.MEMBERS ? 0 : 1);
            assertThat(result.differences()).noneMatch(one -> one.target().endsWith("/apps/app"));
        }
    }

    @Test
    void everythingOfTomorrowIsInTheRangeAsItWasWritten() {
        List<HistoryRecord> all = new ArrayList<>();
        Tomorrow.all().forEach(changed -> all.add(record(changed, LATE + all.size())));

        try (RangeFile range = with(all)) {
            assertThat(all).hasSizeGreaterThan(50).allSatisfy(record -> assertThat(values(range, record))
                    .contains(text(record)));
            assertThat(Replay.of(range).leftOut()).isGreaterThan(20);
        }
    }

    /** Who passes over the newer record decided from the older one. */
    @Test
    void aNewerTypeHidesNothingThatIsUnderItsKey() {
        List<HistoryRecord> newer = ofANewerVersion();
        try (RangeFile range = with(newer)) {
            Replay.Result result = Replay.of(range);
            assertThat(result.leftOut()).isEqualTo(newer.size());
            assertThat(result.differences()).isEmpty();
        }
    }

    /** What this version does not read of a history stands between what it reads. */
    enum Unread {
        OUTCOME(Topic.POLICY_DECIDED, "\"outcome\":\"[A-Z_]+\"", "\"outcome\":\"TOMORROW\""),
        TRIGGER(Topic.POLICY_DECIDED, "\"trigger\":\"[A-Z_]+\"", "\"trigger\":\"TOMORROW\""),
        DECISION(Topic.POLICY_DECIDED, "\\.v1\"", ".v2\""),
        SELECTION(Topic.TAG_SELECTED, "\\.v1\"", ".v2\"");

        private final Topic topic;
        private final String of;
        private final String tomorrow;

        Unread(Topic topic, String of, String tomorrow) {
            this.topic = topic;
            this.of = of;
            this.tomorrow = tomorrow;
        }
    }

    static Stream<Arguments> places() {
        return Stream.of(Unread.values())
                .flatMap(unread -> Stream.of(0, 1, 2, 3, 4).map(at -> Arguments.of(unread, at)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatFollowsARecordOfTomorrowIsCompared(Unread unread, int at) {
        goOn();
        try (RangeFile range = past.export(folder, Past.NOON, records -> unread(records, unread, at))) {
            Replay.Result result = Replay.of(range);

            assertThat(result.leftOut()).isEqualTo(1);
            assertThat(result.differences()).isEmpty();
            assertThat(result.setAside()).isZero();
            assertThat(result.decisions() + result.selections())
                    .isEqualTo(count(Topic.POLICY_DECIDED) + count(Topic.TAG_SELECTED) - 1);
        }
    }

    /** Nobody knows what it followed from; once both agree, everything counts. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void whatDiffersBehindARecordOfTomorrowIsSetAsideUntilBothAgree(int altered) {
        goOn();
        try (RangeFile range = past.export(
                folder,
                Past.NOON,
                records -> edited(
                        unread(records, Unread.DECISION, 1),
                        Topic.POLICY_DECIDED,
                        altered,
                        "\"message\":\"[^\"]+",
                        "\"message\":\"invented"))) {
            Replay.Result result = Replay.of(range);

            assertThat(result.differences()).hasSize(altered == 2 ? 0 : 1);
            assertThat(result.setAside()).isEqualTo(altered == 2 ? 1 : 0);
        }
    }

    private void goOn() {
        for (String tag : List.of("1.1.0", "1.2.0", "1.3.0")) {
            past.pass(Duration.ofHours(1));
            past.pushed(FEED, tag);
        }
    }

    private long count(Topic topic) {
        return past.records().stream().filter(one -> one.topic() == topic).count();
    }

    private List<HistoryRecord> unread(List<HistoryRecord> records, Unread unread, int at) {
        return edited(records, unread.topic, at, unread.of, unread.tomorrow);
    }

    /** @param at which of a topic; more than there are is the last one */
    private static List<HistoryRecord> edited(
            List<HistoryRecord> records, Topic topic, int at, String of, String replacement) {
        List<HistoryRecord> ofTopic =
                records.stream().filter(one -> one.topic() == topic).toList();
        HistoryRecord edited = ofTopic.get(Math.min(at, ofTopic.size() - 1));
        byte[] value = text(edited).replaceFirst(of, replacement).getBytes(UTF_8);
        return records.stream()
                .map(one -> one.equals(edited)
                        ? Ranges.record(topic, one.partition(), one.offset(), one.at(), one.key(), value)
                        : one)
                .toList();
    }

    private List<HistoryRecord> ofANewerVersion() {
        return past.records().stream()
                .map(one -> Ranges.record(
                        one.topic(),
                        one.partition(),
                        LATE + one.offset(),
                        past.now(),
                        one.key(),
                        text(one).replaceFirst("\\.v1\"", ".v2\"").getBytes(UTF_8)))
                .toList();
    }

    private static String text(HistoryRecord record) {
        return new String(Objects.requireNonNull(record.value()), UTF_8);
    }

    private static List<String> values(RangeFile range, HistoryRecord like) {
        List<String> values = new ArrayList<>();
        Cursor cursor = range.open(like.place());
        for (var next = cursor.peek(); next.isPresent(); next = cursor.peek()) {
            values.add(text(next.get()));
            cursor.advance();
        }
        return values;
    }
}
