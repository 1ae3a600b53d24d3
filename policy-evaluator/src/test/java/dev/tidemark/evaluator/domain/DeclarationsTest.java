package dev.tidemark.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluator.domain.Declarations.Losses;
import dev.tidemark.evaluator.domain.Declarations.Plan;
import dev.tidemark.evaluator.domain.Declarations.Publication;
import dev.tidemark.evaluator.domain.Declarations.Wanted;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeclarationsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static PolicyDeclared policy(int number, String resourceVersion, long sequence) {
        Feed feed = Feed.parse("ghcr.io/my-org/my-app#");
        return new PolicyDeclared(
                feed.image(),
                new Target("local", "ImagePolicy", "apps", "app-" + number),
                feed,
                feed.image().text(),
                new PolicyRule.Semver("1.x"),
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of(),
                "uid",
                resourceVersion,
                sequence,
                false);
    }

    private static Map<String, PolicyDeclared> logged(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> policy(i, "1", 7))
                .collect(
                        Collectors.toMap(p -> Keys.declared(p.image(), p.target()), p -> p, (a, b) -> a, TreeMap::new));
    }

    private static Plan plan(Map<String, PolicyDeclared> logged, List<PolicyDeclared> wanted, Set<Target> refused) {
        return plan(logged, wanted, Wanted.of(wanted, refused));
    }

    private static Plan plan(Map<String, PolicyDeclared> logged, List<PolicyDeclared> here, Wanted wanted) {
        return Declarations.plan(logged, here, wanted, Losses.of(logged, wanted), NOW);
    }

    @Test
    void aNewResourceVersionAloneIsNoNewDeclaration() {
        assertThat(plan(logged(1), List.of(policy(0, "2", 0)), Set.of())).isEqualTo(new Plan.Publish(List.of()));
    }

    @Test
    void aDeletedPolicyIsWithdrawn() {
        Map<String, PolicyDeclared> logged = logged(1);

        assertThat(plan(logged, List.of(), Set.of()))
                .isEqualTo(new Plan.Publish(List.of(
                        new Publication.Withdraw(logged.keySet().iterator().next(), false))));
    }

    @Test
    void moreThanHalfGoneAtOnceLooksLikeAMistake() {
        List<PolicyDeclared> left = List.of(policy(0, "1", 0), policy(1, "1", 0));

        assertThat(plan(logged(5), left, Set.of())).isEqualTo(new Plan.Guarded(List.of(), 3, 5));
    }

    /** A replica owns partitions of which each has lost few. */
    @Test
    void whatIsLostElsewhereCountsToo() {
        Map<String, PolicyDeclared> logged = logged(1);
        Wanted nothing = Wanted.of(List.of(), Set.of());
        Losses elsewhere = new Losses(4, 5);

        Plan plan = Declarations.plan(logged, List.of(), nothing, elsewhere.plus(Losses.of(logged, nothing)), NOW);

        assertThat(plan).isEqualTo(new Plan.Guarded(List.of(), 5, 6));
    }

    @Test
    void aPolicyThatMovedIsWithdrawnFromItsOldImageAlsoWhileOthersAreKept() {
        Map<String, PolicyDeclared> logged = logged(5);
        PolicyDeclared last = policy(4, "1", 0);
        String key = Keys.declared(last.image(), last.target());

        Plan plan = plan(logged, List.of(), new Wanted(Set.of(), Set.of(), Set.of(last.target())));

        assertThat(plan).isEqualTo(new Plan.Guarded(List.of(new Publication.Withdraw(key, true)), 4, 5));
    }

    @Test
    void aRefusedPolicyKeepsItsSelectionSuspended() {
        PolicyDeclared before = policy(0, "1", 7);

        assertThat(plan(logged(1), List.of(), Set.of(before.target())))
                .isInstanceOfSatisfying(Plan.Publish.class, publish -> assertThat(publish.publications())
                        .singleElement()
                        .isInstanceOfSatisfying(Publication.Declare.class, declare -> {
                            assertThat(declare.policy().suspended()).isTrue();
                            assertThat(declare.policy().sequence()).isEqualTo(NOW.toEpochMilli());
                        }));
    }
}
