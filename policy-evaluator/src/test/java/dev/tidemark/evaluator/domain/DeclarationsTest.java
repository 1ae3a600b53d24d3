package dev.tidemark.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluator.domain.Declarations.Logged;
import dev.tidemark.evaluator.domain.Declarations.Losses;
import dev.tidemark.evaluator.domain.Declarations.Plan;
import dev.tidemark.evaluator.domain.Declarations.Publication;
import dev.tidemark.evaluator.domain.Declarations.Wanted;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeclarationsTest {

    private static final ImageName OLD = new ImageName("ghcr.io/my-org/old-app");
    private static final ImageName NEW = new ImageName("ghcr.io/my-org/new-app");

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
        return plan(new Logged(logged, Map.of()), here, wanted, Losses.of(logged, wanted), TargetHistory.NONE);
    }

    /** @param history of every target */
    private static Plan plan(
            Logged logged, List<PolicyDeclared> here, Wanted wanted, Losses losses, TargetHistory history) {
        return Declarations.plan(logged, here, wanted, losses, targets -> targets.stream()
                .collect(Collectors.toMap(target -> target, target -> history)));
    }

    @Test
    void aNewResourceVersionAloneIsNoNewDeclaration() {
        assertThat(plan(logged(1), List.of(policy(0, "2", 0)), Set.of())).isEqualTo(new Plan.Publish(List.of(), 0));
    }

    @Test
    void aDeletedPolicyIsWithdrawn() {
        Map<String, PolicyDeclared> logged = logged(1);

        assertThat(plan(logged, List.of(), Set.of()))
                .isEqualTo(new Plan.Publish(
                        List.of(new Publication.Withdraw(
                                logged.keySet().iterator().next(), new Withdrawal.Deleted())),
                        0));
    }

    @Test
    void moreThanHalfGoneAtOnceLooksLikeAMistake() {
        List<PolicyDeclared> left = List.of(policy(0, "1", 0), policy(1, "1", 0));

        assertThat(plan(logged(5), left, Set.of())).isEqualTo(new Plan.Guarded(List.of(), 0, 3, 5));
    }

    /** A replica owns partitions of which each has lost few. */
    @Test
    void whatIsLostElsewhereCountsToo() {
        Map<String, PolicyDeclared> logged = logged(1);
        Wanted nothing = Wanted.of(List.of(), Set.of());
        Losses elsewhere = new Losses(4, 5);

        Plan plan = plan(
                new Logged(logged, Map.of()),
                List.of(),
                nothing,
                elsewhere.plus(Losses.of(logged, nothing)),
                TargetHistory.NONE);

        assertThat(plan).isEqualTo(new Plan.Guarded(List.of(), 0, 5, 6));
    }

    @Test
    void aPolicyThatMovedIsWithdrawnFromItsOldImageAlsoWhileOthersAreKept() {
        Map<String, PolicyDeclared> logged = logged(5);
        PolicyDeclared last = policy(4, "1", 0);
        String key = Keys.declared(last.image(), last.target());

        Wanted elsewhere = new Wanted(Set.of(), Set.of(), Map.of(last.target(), NEW));
        Plan plan = plan(
                new Logged(logged, Map.of()),
                List.of(),
                elsewhere,
                Losses.of(logged, elsewhere),
                TargetHistory.NONE.declared(NEW, 8));

        assertThat(plan)
                .isEqualTo(
                        new Plan.Guarded(List.of(new Publication.Withdraw(key, new Withdrawal.Moved(NEW))), 0, 4, 5));
    }

    @Test
    void aPolicyThatMovedStaysUntilItIsDeclaredWhereItIsNow() {
        Map<String, PolicyDeclared> logged = logged(1);
        Wanted elsewhere =
                new Wanted(Set.of(), Set.of(), Map.of(policy(0, "1", 0).target(), NEW));

        assertThat(plan(logged, List.of(), elsewhere)).isEqualTo(new Plan.Publish(List.of(), 1));
    }

    @Test
    void whoHasThePolicyIsNamedWhereItIsDeclaredAnew() {
        PolicyDeclared policy = policy(0, "1", 0);
        TargetHistory history = TargetHistory.NONE
                .declared(OLD, 5)
                .declared(NEW, 9)
                .selected(40)
                .selected(7);

        Plan plan = plan(
                new Logged(Map.of(), Map.of()),
                List.of(policy),
                Wanted.of(List.of(policy), Set.of()),
                Losses.NONE,
                history);

        assertThat(plan)
                .isEqualTo(new Plan.Publish(
                        List.of(new Publication.Declare(
                                policy.following(NEW, 40L).withSequence(10))),
                        0));
    }

    /** Its old task may not have heard of the deletion yet. */
    @Test
    void whoHadADeletedPolicyHandsItOver() {
        PolicyDeclared policy = policy(0, "1", 0);
        TargetHistory history = TargetHistory.NONE.declared(OLD, 5).withdrawn(OLD, new Withdrawal.Deleted());
        Wanted wanted = Wanted.of(List.of(policy), Set.of());

        assertThat(plan(new Logged(Map.of(), Map.of()), List.of(policy), wanted, Losses.NONE, history))
                .isEqualTo(new Plan.Publish(
                        List.of(new Publication.Declare(
                                policy.following(OLD, null).withSequence(6))),
                        0));

        String old = Keys.declared(OLD, policy.target());
        assertThat(plan(
                        new Logged(Map.of(), Map.of(old, new Withdrawal.Deleted())),
                        List.of(),
                        wanted,
                        Losses.NONE,
                        history.declared(policy.image(), 6)))
                .isEqualTo(new Plan.Publish(
                        List.of(new Publication.Withdraw(old, new Withdrawal.Moved(policy.image()))), 0));
    }

    @Test
    void whoGaveItToSomebodyElseIsNotWaitedFor() {
        TargetHistory history = TargetHistory.NONE.declared(OLD, 5).withdrawn(OLD, new Withdrawal.Moved(NEW));

        assertThat(history.holderBeside(NEW)).isEmpty();
    }

    @Test
    void anEditKeepsThePastOfTheDeclaration() {
        PolicyDeclared before = policy(0, "1", 7).following(OLD, 40L);
        PolicyDeclared edited = policy(0, "2", 0).suspend();
        String key = Keys.declared(before.image(), before.target());

        assertThat(plan(Map.of(key, before), List.of(edited), Set.of()))
                .isEqualTo(new Plan.Publish(
                        List.of(new Publication.Declare(
                                edited.following(OLD, 40L).withSequence(8))),
                        0));
        assertThat(plan(Map.of(key, before), List.of(policy(0, "2", 0)), Set.of()))
                .isEqualTo(new Plan.Publish(List.of(), 0));
    }

    @Test
    void aRefusedPolicyKeepsItsSelectionSuspended() {
        PolicyDeclared before = policy(0, "1", 7);

        assertThat(plan(logged(1), List.of(), Set.of(before.target())))
                .isInstanceOfSatisfying(Plan.Publish.class, publish -> assertThat(publish.publications())
                        .singleElement()
                        .isInstanceOfSatisfying(Publication.Declare.class, declare -> {
                            assertThat(declare.policy().suspended()).isTrue();
                            assertThat(declare.policy().sequence()).isEqualTo(8);
                        }));
    }
}
