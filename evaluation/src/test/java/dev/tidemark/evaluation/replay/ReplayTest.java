package dev.tidemark.evaluation.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A history is recorded as a partition of the log would show it: each topic by itself, and the decisions. */
class ReplayTest implements DecisionPublisher {

    private static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");

    private final PolicyEvaluation evaluation =
            new PolicyEvaluation(HeapTable.tables(), this, () -> this.now, "recorded");
    private final List<LoggedRecord> records = new ArrayList<>();
    private final List<PolicyDecided> decisions = new ArrayList<>();
    private final Map<Topic, Long> offsets = new EnumMap<>(Topic.class);
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private long sequence;
    private int second;
    private @Nullable Long owner;
    private @Nullable Long previousOwner;

    static List<Long> seeds() {
        return IntStream.range(0, 40).mapToObj(i -> 104_729L * i + 5).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void recordedHistoriesComeOutTheSame(long seed) {
        history(new Random(seed));

        List<PolicyDecided> replayed = new PartitionReplay(records, decisions).run();

        assertThat(Comparison.differences(decisions, replayed, Instant.EPOCH)).isEmpty();
    }

    @Test
    void whatWasTakenInTurnsComesOutTheSame() {
        int policies = 4_500;
        for (int number = 0; number < policies; number++) {
            write(policy(number, number % 2 == 0 ? "0.x" : ">=0.0.0", Map.of()));
        }
        write(new Event.ScanCompleted(FEED, new Scan("scan-0", Instant.EPOCH), 0, 0, 0, "checksum"));
        for (String tag : List.of("0.1.0", "1.0.0", "0.2.0", "0.3.0")) {
            pass(Duration.ofMillis(5));
            evaluation.nextBatch();
            Scan scan = new Scan("scan-" + ++second, Instant.EPOCH.plusSeconds(second));
            write(new Event.TagDiscovered(FEED, tag, null, scan, Scope.TAG, now));
        }
        for (int turn = 0; turn < 3; turn++) {
            pass(Duration.ofMillis(5));
            evaluation.nextBatch();
        }
        assertThat(decisions)
                .filteredOn(one -> one.trigger() == Trigger.BACKLOG)
                .hasSizeGreaterThan(policies);

        List<PolicyDecided> replayed = new PartitionReplay(records, decisions).run();

        assertThat(Comparison.differences(decisions, replayed, Instant.EPOCH)).isEmpty();
    }

    /** D10. */
    @Test
    void anotherPolicyOfTheSameNameComesOutTheSame() {
        write(policy(0, ">=0.0.0", Map.of(), "one"));
        listed("0.1.0", "1.0.0");
        write(new Event.TagRemoved(FEED, "1.0.0", new Scan("scan-2", Instant.EPOCH.plusSeconds(2)), Scope.SCAN));
        write(new Event.ScanCompleted(FEED, new Scan("scan-2", Instant.EPOCH.plusSeconds(2)), 0, 0, 1, "checksum"));
        write(policy(0, ">=0.0.0", Map.of(), "two"));
        assertThat(decisions.getLast().selection()).extracting(SelectedTag::tag).containsExactly("0.1.0");
        assertThat(decisions.getLast().previous()).isEmpty();

        List<PolicyDecided> replayed = new PartitionReplay(records, decisions).run();

        assertThat(Comparison.differences(decisions, replayed, Instant.EPOCH)).isEmpty();
    }

    private void listed(String... tags) {
        Scan scan = new Scan("scan-1", Instant.EPOCH.plusSeconds(1));
        for (String tag : tags) {
            write(new Event.TagDiscovered(FEED, tag, null, scan, Scope.SCAN, null));
        }
        write(new Event.ScanCompleted(FEED, scan, 0, tags.length, 0, "checksum"));
    }

    @Test
    void aDecisionThatCannotComeFromItsInputsIsADifference() {
        history(new Random(1));
        PolicyDecided last = decisions.removeLast();
        decisions.add(new PolicyDecided(
                last.target(),
                last.name(),
                last.outcome(),
                last.reason(),
                "another message",
                last.selection(),
                last.previous(),
                last.trigger(),
                last.decidedAt(),
                last.inputs(),
                last.evaluator(),
                null,
                null,
                null,
                null));

        List<PolicyDecided> replayed = new PartitionReplay(records, decisions).run();

        assertThat(Comparison.differences(decisions, replayed, Instant.EPOCH))
                .singleElement()
                .satisfies(difference ->
                        assertThat(difference.target()).isEqualTo(last.target().text()));
    }

    private void history(Random random) {
        for (int move = 0; move < 80; move++) {
            pass(Duration.ofSeconds(10 + random.nextInt(3000)));
            String tag = random.nextInt(2) + "." + random.nextInt(3) + "." + random.nextInt(3);
            boolean late = random.nextInt(5) == 0;
            Scan scan = new Scan(
                    "scan-" + ++second,
                    Instant.EPOCH.plusSeconds(random.nextInt(100)),
                    late ? previousOwner : owner,
                    (long) second);
            switch (random.nextInt(7)) {
                case 0 -> write(policy(random));
                case 1 ->
                    write(new Event.ControlRequested(
                            Event.ControlRequested.EVERYTHING,
                            random.nextBoolean() ? Event.ControlAction.HALT : Event.ControlAction.LIFT,
                            "ada",
                            "why not"));
                case 2 -> write(new Event.TagRemoved(FEED, tag, scan, random.nextBoolean() ? Scope.TAG : Scope.SCAN));
                case 3 -> write(new Event.ScanCompleted(FEED, scan, 0, 0, 0, "checksum"));
                case 4 -> {
                    write(new Event.PartitionClaimed(3, "replica", "claim-" + second));
                    previousOwner = owner;
                    owner = offsets.get(Topic.TAG_DISCOVERED);
                }
                default -> write(new Event.TagDiscovered(FEED, tag, null, scan, Scope.TAG, now));
            }
        }
    }

    private Event policy(Random random) {
        int number = random.nextInt(3);
        return policy(
                number,
                random.nextBoolean() ? ">=0.0.0" : "0.x",
                number == 0 ? Map.of() : Map.of("tidemark.dev/minimum-age", "40m"),
                List.of("one", "two", "").get(random.nextInt(3)));
    }

    private Event policy(int number, String range, Map<String, String> annotations) {
        return policy(number, range, annotations, "uid");
    }

    private Event policy(int number, String range, Map<String, String> annotations, String uid) {
        return new Event.PolicyDeclared(
                FEED.image(),
                new Target("local", "ImagePolicy", "apps", "app-" + number),
                FEED,
                FEED.image().text(),
                new PolicyRule.Semver(range),
                TagFilter.NONE,
                "Never",
                List.of(),
                annotations,
                uid,
                "1",
                ++sequence,
                false);
    }

    private void pass(Duration time) {
        Instant until = now.plus(time);
        for (var at = due(until); at.isPresent(); at = due(until)) {
            now = at.get().isAfter(now) ? at.get() : now;
            evaluation.wake();
        }
        now = until;
    }

    private Optional<Instant> due(Instant until) {
        return evaluation.nextWakeup().filter(at -> !at.isAfter(until));
    }

    private void write(Event event) {
        Envelope<Event> envelope = Envelope.first(event, "test", now);
        Topic topic = envelope.type().topic();
        long offset = offsets.merge(topic, 1L, Long::sum);
        records.add(new LoggedRecord(topic, 3, offset, now, Keys.of(event), envelope, new Withdrawal.Deleted(), null));
        evaluation.offsetRecorded(topic.topicName() + "-3", offset);
        evaluation.apply(envelope);
    }

    @Override
    public void publish(Envelope<? extends Event> envelope) {
        if (envelope.event() instanceof PolicyDecided decided) {
            decisions.add(decided);
        }
    }

    @Override
    public void tombstone(Topic topic, String key) {}
}
