package dev.tidemark.policies.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.go.semver.Version;
import dev.tidemark.policies.decide.DecisionInput.Presence;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.MinimumAge;
import dev.tidemark.policies.gate.TagFacts;
import dev.tidemark.policies.select.Compilation;
import dev.tidemark.policies.select.PolicySpec;
import dev.tidemark.policies.select.TagPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories of a registry, decided one tag at a time by somebody who keeps timers. */
class DecisionHistoryTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration AGE = Duration.ofHours(3);

    private final TagPolicy policy = ((Compilation.Compiled)
                    TagPolicy.compile(new PolicySpec(new PolicyRule.Semver(">=0.2.0"), TagFilter.NONE)))
            .policy();
    private final Map<String, Instant> firstSeen = new HashMap<>();
    private final TreeSet<String> listed = new TreeSet<>();
    private final TreeMap<String, Instant> timers = new TreeMap<>();
    private Optional<String> published = Optional.empty();
    private Instant now = START;

    static List<Long> seeds() {
        return IntStream.range(0, 100).mapToObj(i -> 48_271L * i + 3).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverGoesBackwardsUnconfirmedAndAgreesWithFullPasses(long seed) {
        Random random = new Random(seed);
        SelectorState selector =
                ask(new Candidates.All(listed), Presence.UNKNOWN).selector().orElseThrow();
        for (int move = 0; move < 80; move++) {
            now = now.plus(Duration.ofMinutes(random.nextInt(90)));
            String tag = "%d.%d.%d".formatted(random.nextInt(3), random.nextInt(4), random.nextInt(3));
            Presence presence = random.nextInt(4) == 0 ? Presence.CONFIRMED_GONE : Presence.UNKNOWN;
            Candidates candidates;
            if (random.nextInt(3) == 0 && listed.remove(tag)) {
                timers.remove(tag);
                candidates = new Candidates.Removed(selector, tag);
            } else {
                listed.add(tag);
                firstSeen.putIfAbsent(tag, now);
                candidates = new Candidates.Added(selector, tag);
            }
            selector = settle(candidates, presence, selector);
            for (String ripe : List.copyOf(timers.keySet())) {
                if (!timers.getOrDefault(ripe, now).isAfter(now)) {
                    timers.remove(ripe);
                    selector = settle(new Candidates.Added(selector, ripe), presence, selector);
                }
            }

            assertThat(ask(new Candidates.All(listed), presence).selector())
                    .as("seed %d, move %d, listed %s", seed, move, listed)
                    .contains(selector);
        }
    }

    private SelectorState settle(Candidates candidates, Presence presence, SelectorState before) {
        Outcome outcome = ask(candidates, presence);
        if (outcome.decision() instanceof Decision.FullPassRequired) {
            outcome = ask(new Candidates.All(listed), presence);
        }
        outcome.remarks().forEach(remark -> remark.why().until().ifPresent(until -> timers.put(remark.tag(), until)));
        if (outcome.decision() instanceof Decision.Select select) {
            boolean backwards = published.isPresent() && rank(select.tag(), published.get()) < 0;
            assertThat(backwards && presence == Presence.UNKNOWN)
                    .as("from %s to %s", published, select.tag())
                    .isFalse();
            assertThat(listed).contains(select.tag());
            assertThat(firstSeen
                            .getOrDefault(select.tag(), Instant.MAX.minus(AGE))
                            .plus(AGE))
                    .isBeforeOrEqualTo(now);
            published = Optional.of(select.tag());
        }
        return outcome.selector().orElse(before);
    }

    private static int rank(String first, String second) {
        return Version.PRECEDENCE.compare(
                Version.parseTag(first).orElseThrow(), Version.parseTag(second).orElseThrow());
    }

    private Outcome ask(Candidates candidates, Presence presence) {
        DecisionInput input = new DecisionInput(
                policy,
                Gates.read(Map.of(MinimumAge.ANNOTATION, "3h")),
                published,
                candidates,
                presence,
                now,
                tag -> new TagFacts(Optional.ofNullable(firstSeen.get(tag)), Optional.empty()),
                Optional.empty());
        Outcome outcome = Decider.decide(input);
        assertThat(Decider.decide(input)).isEqualTo(outcome);
        return outcome;
    }
}
