package dev.tidemark.policies.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IncrementalSelectionTest {

    private static final List<PolicySpec> SPECS = List.of(
            new PolicySpec(new PolicyRule.Semver("*"), TagFilter.NONE),
            new PolicySpec(new PolicyRule.Semver(">=1.0.0-0 <3"), TagFilter.NONE),
            new PolicySpec(new PolicyRule.Semver("1.x || >=3"), new TagFilter("^(?:app-)?(.*)$", "$1")),
            new PolicySpec(new PolicyRule.Alphabetical("asc"), TagFilter.NONE),
            new PolicySpec(new PolicyRule.Alphabetical("desc"), new TagFilter("-(.*)", "$1")),
            new PolicySpec(new PolicyRule.Numerical("asc"), TagFilter.NONE),
            new PolicySpec(new PolicyRule.Numerical("desc"), new TagFilter("^(?:app-|b-)?([0-9._]+|nan)$", "$1")),
            new PolicySpec(new PolicyRule.Numerical("asc"), new TagFilter("^(?:app-|b-)?([0-9]+)$", "$1")));

    static List<Long> seeds() {
        return IntStream.range(0, 200).mapToObj(i -> 7_000_000_007L * i + 13).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equalsSelectionFromScratch(long seed) {
        Random random = new Random(seed);
        TagPolicy policy = policy(random);
        Set<String> tags = new LinkedHashSet<>();
        SelectionState state = policy.fullPass(tags);
        for (int move = 0; move < 60; move++) {
            Step step;
            if (random.nextInt(12) == 0) {
                policy = policy(random);
                step = policy.add(state, "1.0.0");
                tags.add("1.0.0");
            } else if (random.nextInt(4) == 0 && !tags.isEmpty()) {
                String tag = List.copyOf(tags).get(random.nextInt(tags.size()));
                step = policy.remove(state, tag);
                tags.remove(tag);
            } else {
                String tag = tag(random);
                step = policy.add(state, tag);
                tags.add(tag);
            }

            SelectionState fromScratch = policy.fullPass(shuffled(tags, random));
            state = switch (step) {
                case Step.Next next -> next.after();
                case Step.FullPassRequired required -> fromScratch;
            };

            assertThat(state).as("seed %d, move %d, tags %s", seed, move, tags).isEqualTo(fromScratch);
        }
    }

    @Test
    void asksForAFullPassOnlyWhenOneComparisonCannotTell() {
        TagPolicy policy = compiled(SPECS.getFirst());
        SelectionState state = policy.fullPass(List.of("1.0.0", "1.1.0"));

        assertThat(policy.add(state, "1.2.0"))
                .isInstanceOfSatisfying(Step.Next.class, next -> assertThat(next.changesSelection())
                        .isTrue());
        assertThat(policy.add(state, "1.0.5"))
                .isInstanceOfSatisfying(Step.Next.class, next -> assertThat(next.changesSelection())
                        .isFalse());
        assertThat(policy.remove(state, "1.0.0")).isInstanceOf(Step.Next.class);
        assertThat(policy.remove(state, "1.1.0")).isEqualTo(new Step.FullPassRequired(Step.Cause.DECISIVE_TAG_REMOVED));
        assertThat(compiled(SPECS.get(1)).add(state, "1.2.0"))
                .isEqualTo(new Step.FullPassRequired(Step.Cause.POLICY_DIFFERS));
    }

    @Test
    void staysSpoiledUntilTheOffenderIsGone() {
        TagPolicy policy = compiled(new PolicySpec(new PolicyRule.Numerical("asc"), TagFilter.NONE));
        SelectionState spoiled = policy.fullPass(List.of("1", "2", "x"));

        assertThat(((Step.Next) policy.add(spoiled, "3")).after()).isEqualTo(spoiled);
        assertThat(((Step.Next) policy.remove(spoiled, "1")).after()).isEqualTo(spoiled);
        assertThat(policy.remove(spoiled, "x")).isInstanceOf(Step.FullPassRequired.class);
    }

    private static TagPolicy policy(Random random) {
        return compiled(SPECS.get(random.nextInt(SPECS.size())));
    }

    private static TagPolicy compiled(PolicySpec spec) {
        return ((Compilation.Compiled) TagPolicy.compile(spec)).policy();
    }

    /** Few distinct values, so that ties, collisions, repeats and odd ones are common. */
    private static String tag(Random random) {
        String prefix = List.of("", "", "", "app-", "b-").get(random.nextInt(5));
        String value =
                switch (random.nextInt(9)) {
                    case 0, 1, 2 -> "%d.%d.%d".formatted(random.nextInt(4), random.nextInt(2), random.nextInt(3));
                    case 3 -> "v%d.0.0".formatted(random.nextInt(4));
                    case 4 -> "%d.0.0-rc.%d".formatted(random.nextInt(4), random.nextInt(12));
                    case 5, 6 -> String.valueOf(random.nextInt(30));
                    case 7 ->
                        List.of("1.0", "01", "1e1", "nan", "-0", "0", "1_0").get(random.nextInt(7));
                    default ->
                        List.of("latest", "", "é", "\uD83D\uDE00", "\uFFFD", "1.0.0+b")
                                .get(random.nextInt(6));
                };
        return prefix + value;
    }

    private static List<String> shuffled(Set<String> tags, Random random) {
        List<String> list = new ArrayList<>(tags);
        Collections.shuffle(list, random);
        return list;
    }
}
