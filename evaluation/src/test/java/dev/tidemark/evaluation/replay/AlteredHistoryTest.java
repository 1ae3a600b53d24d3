package dev.tidemark.evaluation.replay;

import static dev.tidemark.evaluation.replay.Past.FEED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.replay.Replay.Difference;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who alters what was recorded, and its manifest with it, is found: decisions do not follow from what is there. */
class AlteredHistoryTest {

    private static final String APP = "local/ImagePolicy/apps/app";

    private final Past past = new Past(4);
    private Instant since = Past.NOON;

    @TempDir
    private Path folder;

    @BeforeEach
    void happen() {
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of()));
        past.write(past.policy(FEED, "old", "0.x", Map.of()));
        past.listed(FEED, "0.1.0");
        past.pass(Duration.ofHours(30));
        since = past.now();
        for (String tag : List.of("1.0.0", "1.1.0", "1.2.0")) {
            past.pass(Duration.ofHours(1));
            past.pushed(FEED, tag);
        }
        assertThat(replay(records -> records).differences()).isEmpty();
    }

    @Test
    void anInput() throws Exception {
        Difference difference = only(replay(records -> altered(
                records, record -> record.topic() == Topic.TAG_DISCOVERED && isOf(record, "1.1.0"), "1.1.0", "1.0.9")));

        // the record does not lie under its key any more, and has no effect
        assertThat(difference.target()).isEqualTo(APP);
        assertThat(((PolicyDecided) Objects.requireNonNull(difference.recorded())).selection())
                .containsExactly(new SelectedTag("1.1.0", null));
        assertThat(line(difference)).contains("1.1.0").contains("policy-decided");
    }

    @Test
    void anInputsOwner() {
        Difference difference = only(replay(records -> altered(
                records,
                record -> record.topic() == Topic.TAG_DISCOVERED && isOf(record, "1.2.0"),
                "\"scope\":\"TAG\"",
                "\"scope\":\"SCAN\"")));

        assertThat(difference.replayed()).isNull();
        assertThat(((PolicyDecided) Objects.requireNonNull(difference.recorded())).selection())
                .containsExactly(new SelectedTag("1.2.0", null));
    }

    @Test
    void aDeclaration() {
        Difference difference = only(replay(records -> altered(
                records, record -> record.topic() == Topic.POLICY_DECLARED && isOf(record, APP), ">=0.0.0", "<1.2.0")));

        assertThat(((PolicyDecided) Objects.requireNonNull(difference.recorded())).selection())
                .containsExactly(new SelectedTag("1.2.0", null));
        assertThat(difference.replayed()).isNull();
    }

    @Test
    void aDecision() throws Exception {
        Difference difference = only(replay(records -> altered(
                records,
                record -> record.topic() == Topic.POLICY_DECIDED && isOf(record, "resolved to 1.1.0"),
                "resolved to 1.1.0",
                "resolved to 1.1.1")));

        assertThat(difference.target()).isEqualTo(APP);
        assertThat(((PolicyDecided) Objects.requireNonNull(difference.replayed())).message())
                .contains("resolved to 1.1.0 ");
        assertThat(line(difference)).contains("resolved to 1.1.1");
    }

    @Test
    void aDecisionsDetails() {
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of("tidemark.dev/minimum-age", "1h")));
        past.pushed(FEED, "2.0.0");

        Difference difference = only(replay(records -> altered(
                records,
                record -> record.topic() == Topic.POLICY_DECIDED && isOf(record, "\"details\":\"2.0.0 is too young"),
                "\"details\":\"2.0.0 is too young",
                "\"details\":\"2.0.0 is far too young")));

        assertThat(difference.target()).isEqualTo(APP);
    }

    @Test
    void aDecisionThatIsMissing() {
        Difference difference = only(replay(records -> without(
                records, record -> record.topic() == Topic.POLICY_DECIDED && isOf(record, "resolved to 1.2.0"))));

        assertThat(difference.recorded()).isNull();
        assertThat(difference.line()).isZero();
        assertThat(((PolicyDecided) Objects.requireNonNull(difference.replayed())).selection())
                .containsExactly(new SelectedTag("1.2.0", null));
    }

    @Test
    void aDecisionThatNamesNoInput() throws Exception {
        Difference difference = only(replay(records -> altered(
                records,
                record -> record.topic() == Topic.POLICY_DECIDED && isOf(record, "resolved to 1.2.0"),
                "\"inputs\":{",
                "\"inputs\":{},\"were\":{")));

        assertThat(line(difference)).contains("resolved to 1.2.0");
    }

    @Test
    void aSelection() throws Exception {
        Difference difference = only(replay(records -> altered(
                records,
                record -> record.topic() == Topic.TAG_SELECTED && isOf(record, "\"tags\":[{\"tag\":\"1.1.0\"}]"),
                "\"tags\":[{\"tag\":\"1.1.0\"}]",
                "\"tags\":[{\"tag\":\"6.6.6\"}]")));

        assertThat(((TagSelected) Objects.requireNonNull(difference.recorded())).tags())
                .containsExactly(new SelectedTag("6.6.6", null));
        assertThat(((TagSelected) Objects.requireNonNull(difference.replayed())).tags())
                .containsExactly(new SelectedTag("1.1.0", null));
        assertThat(line(difference)).contains("6.6.6").contains("tag-selected");
    }

    @Test
    void aSelectionThatNoDecisionMade() {
        Difference difference = only(replay(records -> {
            HistoryRecord last = records.stream()
                    .filter(record -> record.topic() == Topic.TAG_SELECTED && isOf(record, "app\""))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            List<HistoryRecord> more = new ArrayList<>(records);
            more.add(new HistoryRecord(
                    last.topic(),
                    last.partition(),
                    last.offset() + 1,
                    last.at(),
                    last.key(),
                    last.withdrawal(),
                    null,
                    text(last).replace("1.2.0", "6.6.6").getBytes(UTF_8)));
            return more;
        }));

        assertThat(difference.replayed()).isNull();
        assertThat(((TagSelected) Objects.requireNonNull(difference.recorded())).tags())
                .containsExactly(new SelectedTag("6.6.6", null));
    }

    @Test
    void whatANewerVersionWroteIsCounted() {
        Replay.Result result = replay(records -> {
            List<HistoryRecord> more = new ArrayList<>(records);
            HistoryRecord first = records.getFirst();
            for (Topic topic : List.of(Topic.TAG_DISCOVERED, Topic.POLICY_DECIDED, Topic.TAG_SELECTED)) {
                more.add(new HistoryRecord(
                        topic,
                        first.partition(),
                        99_999,
                        past.now(),
                        first.topic() == topic ? first.key() : FEED.text(),
                        first.withdrawal(),
                        null,
                        "{\"type\":\"dev.tidemark.of-tomorrow.v7\"}".getBytes(UTF_8)));
            }
            return more;
        });

        assertThat(result.leftOut()).isEqualTo(3);
        assertThat(result.differences()).isEmpty();
    }

    private Replay.Result replay(UnaryOperator<List<HistoryRecord>> alteration) {
        try (RangeFile range = past.export(folder, since, alteration)) {
            return Replay.of(range);
        }
    }

    private static Difference only(Replay.Result result) {
        assertThat(result.differences()).hasSize(1);
        return result.differences().getFirst();
    }

    private String line(Difference difference) throws Exception {
        return Files.readAllLines(folder.resolve("range.jsonl")).get((int) difference.line() - 1);
    }

    private static List<HistoryRecord> altered(
            List<HistoryRecord> records, Predicate<HistoryRecord> which, String before, String after) {
        assertThat(records).filteredOn(which).isNotEmpty();
        return records.stream()
                .map(record -> which.test(record)
                        ? new HistoryRecord(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                record.at(),
                                record.key(),
                                record.withdrawal(),
                                record.epoch(),
                                text(record).replace(before, after).getBytes(UTF_8))
                        : record)
                .toList();
    }

    private static List<HistoryRecord> without(List<HistoryRecord> records, Predicate<HistoryRecord> which) {
        assertThat(records).filteredOn(which).isNotEmpty();
        return records.stream().filter(which.negate()).toList();
    }

    private static boolean isOf(HistoryRecord record, String text) {
        return text(record).contains(text) || record.key().contains(text);
    }

    private static String text(HistoryRecord record) {
        return record.value() == null ? "" : new String(record.value(), UTF_8);
    }
}
