package dev.tidemark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is too much for one transaction goes on in slices, and comes to the same. */
class SlicesTest {

    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");
    private static final Feed OTHER = Feed.parse("ghcr.io/my-org/other#");
    private static final Limits TINY = new Limits(3, 4, 8, 5);
    private static final Limits HUGE =
            new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** An evaluation with what it has written. */
    private static final class Evaluator implements DecisionPublisher {
        private final Limits limits;
        private final Tables tables = HeapTable.tables();
        private final List<Event> written = new ArrayList<>();
        private final Map<Target, List<String>> selected = new TreeMap<>();
        private PolicyEvaluation evaluation;

        Evaluator(Limits limits) {
            this.limits = limits;
            this.evaluation = evaluation();
        }

        private PolicyEvaluation evaluation() {
            return new PolicyEvaluation(tables, this, () -> NOON, "test", limits);
        }

        void restart() {
            evaluation = evaluation();
        }

        void apply(Event event) {
            evaluation.apply(Envelope.first(event, "test", NOON));
        }

        /** Turns until nothing is left to do; each does a bounded amount. */
        void drain() {
            for (int turn = 0; turn < 200; turn++) {
                evaluation.nextBatch();
            }
        }

        Map<String, KnownTag> tags() {
            Map<String, KnownTag> all = new HashMap<>();
            tables.tags().forEach("", all::put);
            return all;
        }

        @Override
        public void publish(Envelope<? extends Event> envelope) {
            written.add(envelope.event());
            if (envelope.event() instanceof TagSelected tags) {
                selected.put(
                        tags.target(),
                        tags.tags().stream().map(SelectedTag::tag).toList());
            }
        }

        @Override
        public void tombstone(Topic topic, String key) {}
    }

    private final Evaluator sliced = new Evaluator(TINY);

    @Test
    void aLongListIsTakenOverInSlicesAndDecidesAtItsEnd() {
        sliced.apply(policy(FEED, 1, "1.x"));
        sliced.apply(policy(OTHER, 2, "1.x"));
        sliced.apply(new Event.ScanCompleted(OTHER, scan(0), 0, 0, 0, "checksum"));
        IntStream.range(0, 20).forEach(i -> sliced.apply(found(FEED, 1, "1.0." + i, Scope.SCAN)));
        sliced.written.clear();

        sliced.apply(new Event.ScanCompleted(FEED, scan(1), 20, 20, 0, "checksum"));
        sliced.evaluation.nextBatch();
        sliced.restart();
        sliced.evaluation.nextBatch();
        assertThat(sliced.written).isEmpty();
        assertThat(sliced.tags()).hasSizeBetween(1, 19);

        // others are not held up
        sliced.apply(found(OTHER, 1, "1.2.3", Scope.TAG));
        assertThat(sliced.selected).containsOnlyKeys(target(2));
        sliced.written.clear();

        // an edit is answered when there is something to say, a look at a tag counts with the rest
        sliced.apply(policy(FEED, 1, "1.0.x"));
        sliced.apply(found(FEED, 2, "1.0.77", Scope.TAG));
        assertThat(sliced.written).isEmpty();

        sliced.drain();
        assertThat(sliced.selected).containsEntry(target(1), List.of("1.0.77"));
        assertThat(sliced.written).hasSize(2).last().isInstanceOfSatisfying(PolicyDecided.class, decided -> {
            assertThat(decided.trigger()).isEqualTo(Trigger.BACKLOG);
            assertThat(decided.selection()).containsExactly(new SelectedTag("1.0.77", null));
        });
        assertThat(sliced.tags()).hasSize(22);
    }

    @Test
    void aNewerScanWaitsForItsOwnEnd() {
        sliced.apply(policy(FEED, 1, "1.x"));
        IntStream.range(0, 9).forEach(i -> sliced.apply(found(FEED, 1, "1.0." + i, Scope.SCAN)));
        sliced.apply(new Event.ScanCompleted(FEED, scan(1), 9, 9, 0, "checksum"));

        // the next scan is read while the first is still being taken over: one tag more, and one that is gone
        sliced.apply(found(FEED, 2, "1.9.9", Scope.SCAN));
        sliced.apply(new Event.TagRemoved(FEED, "1.0.8", scan(2), Scope.SCAN));
        sliced.drain();
        assertThat(sliced.selected).containsEntry(target(1), List.of("1.0.8"));

        sliced.apply(new Event.ScanCompleted(FEED, scan(2), 9, 1, 1, "checksum"));
        sliced.drain();
        assertThat(sliced.selected).containsEntry(target(1), List.of("1.9.9"));
    }

    static List<Long> seeds() {
        return IntStream.range(0, 40).mapToObj(i -> 15_485_863L * i + 3).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void slicesComeToTheSameAsOneGo(long seed) {
        Random random = new Random(seed);
        Evaluator whole = new Evaluator(HUGE);
        for (int move = 0; move < 120; move++) {
            Event event = event(random, move);
            whole.apply(event);
            sliced.apply(event);
            for (int turn = random.nextInt(3); turn > 0; turn--) {
                sliced.evaluation.nextBatch();
            }
            if (random.nextInt(10) == 0) {
                sliced.restart();
            }
        }
        sliced.drain();

        assertThat(sliced.tags()).as("seed " + seed).isEqualTo(whole.tags());
        assertThat(sliced.selected).as("seed " + seed).isEqualTo(whole.selected);
    }

    /** Tags only come: one that goes is kept as long as it is selected, and by then the two may differ. */
    private Event event(Random random, int move) {
        String tag = random.nextInt(2) + "." + random.nextInt(4) + "." + random.nextInt(4);
        return switch (random.nextInt(8)) {
            case 0 -> new Event.ScanCompleted(FEED, scan(move), 0, 0, 0, "checksum");
            case 1 -> policy(FEED, random.nextInt(3), random.nextBoolean() ? "1.x" : ">=0.0.0");
            case 2 -> found(FEED, move, tag, Scope.TAG);
            default -> found(FEED, move, tag, Scope.SCAN);
        };
    }

    private static Scan scan(int second) {
        return new Scan("scan-" + second, NOON.plusSeconds(second));
    }

    private static Event found(Feed feed, int second, String tag, Scope scope) {
        return new Event.TagDiscovered(feed, tag, null, scan(second), scope, NOON.minusSeconds(second));
    }

    private static Target target(int number) {
        return new Target("local", "ImagePolicy", "apps", "app-" + number);
    }

    private long sequence;

    private Event policy(Feed feed, int number, String range) {
        return new Event.PolicyDeclared(
                feed.image(),
                target(number),
                feed,
                feed.image().text(),
                new PolicyRule.Semver(range),
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of("tidemark.dev/allow-downgrade", "always"),
                "uid",
                "1",
                ++sequence,
                false);
    }
}
