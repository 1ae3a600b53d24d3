package dev.tidemark.evaluation.replay;

import static dev.tidemark.evaluation.replay.Past.FEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.Ranges;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Scan;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A history is recorded as the log would show it, written into a range, read, and replayed. */
class ReplayTest {

    private final Past past = new Past(12);

    @TempDir
    private Path folder;

    /** Beside some, those of 2,000 that found a fault of a replay. */
    private static List<Long> seeds(int... faults) {
        return IntStream.concat(IntStream.range(0, 40), IntStream.of(faults))
                .mapToObj(i -> 104_729L * i + 5)
                .toList();
    }

    /** A wake-up came before the record that it followed. */
    static List<Long> seeds() {
        return seeds(1_909);
    }

    /**
     * A tag counted as missed twice that was missed once, and what was said a day before counted as the like of what was
     * said again.
     */
    static List<Long> compacted() {
        return seeds(48, 99, 253, 366, 380, 433, 490, 633, 644, 656, 1_020, 1_814);
    }

    /** A list was read before those who select from it. */
    static List<Long> digests() {
        return seeds(67, 290, 1_030, 1_302);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void recordedHistoriesComeOutTheSame(long seed) {
        new RandomHistory(past, new Random(seed)).happen(80);

        assertThat(replay(Past.NOON)).isEmpty();
    }

    /** Who asks about the last hours finds his way into them. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aHistoryComesOutTheSameFromItsMiddleOn(long seed) {
        new RandomHistory(past, new Random(seed)).happen(160);
        Instant since = past.now().minus(Duration.ofHours(6));

        assertThat(replay(since)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("compacted")
    void ofTheTimeBeforeTheNewestOfEachKeyIsEnough(long seed) {
        new RandomHistory(past, new Random(seed)).happen(160);
        Instant since = past.now().minus(Duration.ofHours(6));

        assertThat(replay(since, records -> Past.compacted(records, since.minus(Duration.ofHours(24)))))
                .isEmpty();
    }

    /** What was recorded counts up to the time that was asked about, and not beyond it. */
    @Test
    void whatIsAlteredIsFoundBehindTheNewestOfEachKey() {
        new RandomHistory(past, new Random(5)).happen(160);
        HistoryRecord last = past.records().stream()
                .filter(record -> record.topic() == Topic.POLICY_DECIDED)
                .reduce((a, b) -> b)
                .orElseThrow();
        Instant since = last.at().minusSeconds(1);

        assertThat(replay(since, records -> Past.compacted(records, since.minus(Duration.ofHours(24))).stream()
                        .map(record -> record.equals(last) ? contradicted(record) : record)
                        .toList()))
                .extracting(Replay.Difference::target)
                .containsExactly(last.key());
    }

    private static HistoryRecord contradicted(HistoryRecord record) {
        String said = new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
        return Ranges.record(
                record.topic(),
                record.partition(),
                record.offset(),
                record.at(),
                record.key(),
                said.replace("\"message\":\"", "\"message\":\"not ").getBytes(StandardCharsets.UTF_8));
    }

    /** Digests move, policies wait for them to stay, and registries answer what they are asked. */
    @ParameterizedTest
    @MethodSource("digests")
    void whatWaitsForADigestComesOutTheSame(long seed) {
        new RandomHistory(past, new Random(seed), true).happen(160);
        assertThat(past.decisions()).as("seed %d", seed).anyMatch(one -> one.reason()
                .equals("AwaitingDigest"));

        assertThat(replay(Past.NOON)).isEmpty();
        assertThat(replay(past.now().minus(Duration.ofHours(6)))).isEmpty();
    }

    @Test
    void aMoveIsFoundAgainInTheLog() {
        Duration age = Duration.ofMinutes(10);
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of("tidemark.dev/require-digest-stable", "10m")));
        past.listed(FEED);
        past.pushed(FEED, "0.1.0", "sha256:aa");
        past.pushed(FEED, "0.2.0", null); // not selected before its digest is known
        past.write(stop(Event.ControlAction.HALT));
        past.pushed(FEED, "0.2.0", "sha256:bb");
        past.pushed(FEED, "0.2.0", "sha256:cc");
        past.write(stop(Event.ControlAction.LIFT));
        past.pass(age);
        past.answer(past.questions().getLast(), "sha256:cc", null);

        assertThat(past.decisions()).extracting(PolicyDecided::reason).contains("DigestMoved", "AwaitingDigest");
        assertThat(past.decisions())
                .filteredOn(one -> one.reason().equals("DigestMoved"))
                .extracting(PolicyDecided::until)
                .containsOnly(Past.NOON.plus(age));
        assertThat(past.decisions().getLast().selection())
                .extracting(SelectedTag::tag)
                .containsExactly("0.2.0");
        assertThat(replay(Past.NOON)).isEmpty();
    }

    @Test
    void whatWasTakenInTurnsComesOutTheSame() {
        int policies = 4_500;
        for (int number = 0; number < policies; number++) {
            past.write(past.policy(FEED, "app-" + number, number % 2 == 0 ? "0.x" : ">=0.0.0", Map.of()));
        }
        past.listed(FEED);
        PolicyEvaluation evaluation = past.evaluation(FEED.image());
        for (String tag : List.of("0.1.0", "1.0.0", "0.2.0", "0.3.0")) {
            past.pass(Duration.ofMillis(5));
            evaluation.nextBatch();
            past.pushed(FEED, tag);
        }
        for (int turn = 0; turn < 3; turn++) {
            past.pass(Duration.ofMillis(5));
            evaluation.nextBatch();
        }
        assertThat(past.decisions())
                .filteredOn(one -> one.trigger() == Trigger.BACKLOG)
                .hasSizeGreaterThan(policies);

        assertThat(replay(Past.NOON)).isEmpty();
    }

    /** D10. */
    @Test
    void anotherPolicyOfTheSameNameComesOutTheSame() {
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of(), "one"));
        past.listed(FEED, "0.1.0", "1.0.0");
        Scan scan = past.scan(null);
        past.write(new Event.TagRemoved(FEED, "1.0.0", scan, Scope.SCAN));
        past.write(new Event.ScanCompleted(FEED, scan, 0, 0, 1, "checksum"));
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of(), "two"));
        assertThat(past.decisions().getLast().selection())
                .extracting(SelectedTag::tag)
                .containsExactly("0.1.0");
        assertThat(past.decisions().getLast().previous()).isEmpty();

        assertThat(replay(Past.NOON)).isEmpty();
    }

    /** To be asked again would say more than what was said: who waits for the release. */
    @Test
    void aDecisionThatWasMadeOnceIsMadeOnce() {
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of()));
        past.listed(FEED, "0.1.0", "1.0.0");
        past.pass(Duration.ofMinutes(1));
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of("tidemark.dev/hold", "0.1.0")));
        past.pass(Duration.ofMinutes(1));
        past.pushed(FEED, "1.1.0");

        assertThat(replay(Past.NOON)).isEmpty();
    }

    @Test
    void anEmptyRangeHasNoDifference() {
        try (RangeFile range = past.export(folder, Past.NOON)) {
            Replay.Result result = Replay.of(range);
            assertThat(result.decisions()).isZero();
            assertThat(result.differences()).isEmpty();
        }
    }

    @Test
    void whatWasDecidedBeforeIsNotCompared() {
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of()));
        past.listed(FEED, "0.1.0");
        past.pass(Duration.ofHours(2));
        past.pushed(FEED, "1.0.0");

        try (RangeFile range = past.export(folder, past.now())) {
            Replay.Result result = Replay.of(range);
            assertThat(result.decisions()).isEqualTo(1);
            assertThat(result.selections()).isEqualTo(1);
            assertThat(result.differences()).isEmpty();
        }
    }

    private static Event stop(Event.ControlAction action) {
        return new Event.ControlRequested(Event.ControlRequested.EVERYTHING, action, "ada", "why not");
    }

    private List<Replay.Difference> replay(Instant since) {
        return replay(since, records -> records);
    }

    private List<Replay.Difference> replay(Instant since, UnaryOperator<List<HistoryRecord>> alteration) {
        long recorded = past.decisions().stream()
                .map(PolicyDecided::decidedAt)
                .filter(at -> !at.isBefore(since))
                .count();
        try (RangeFile range = past.export(folder, since, alteration)) {
            Replay.Result result = Replay.of(range);
            assertThat(result.decisions()).isEqualTo(recorded);
            assertThat(result.leftOut()).isZero();
            return result.differences();
        }
    }
}
