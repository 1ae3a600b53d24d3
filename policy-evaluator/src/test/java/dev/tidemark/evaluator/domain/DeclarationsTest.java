package dev.tidemark.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.evaluator.domain.Declarations.Logged;
import dev.tidemark.evaluator.domain.Declarations.Plan;
import dev.tidemark.evaluator.domain.Declarations.Publication;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import java.util.Arrays;
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

    private static final ImageName HERE = policy(0, "1", 0).image();

    private static Map<Target, WantedPolicy> wanted(PolicyDeclared... policies) {
        return Arrays.stream(policies).collect(Collectors.toMap(PolicyDeclared::target, WantedPolicy.Declares::new));
    }

    private static Plan plan(Map<String, PolicyDeclared> logged, Map<Target, WantedPolicy> wanted) {
        return plan(new Logged(logged, Map.of()), wanted, TargetHistory.NONE);
    }

    /** @param history of every target */
    private static Plan plan(Logged logged, Map<Target, WantedPolicy> wanted, TargetHistory history) {
        return Declarations.plan(logged, wanted, HERE::equals, targets -> targets.stream()
                .collect(Collectors.toMap(target -> target, target -> history)));
    }

    private static Plan publishes(Publication... publications) {
        return new Plan(List.of(publications), Set.of());
    }

    private static PolicyDeclared at(ImageName image, PolicyDeclared policy) {
        return new PolicyDeclared(
                image,
                policy.target(),
                new Feed(image, ""),
                policy.name(),
                policy.rule(),
                policy.filterTags(),
                policy.digestReflection(),
                policy.exclusionList(),
                policy.annotations(),
                policy.uid(),
                policy.resourceVersion(),
                policy.sequence(),
                policy.suspended());
    }

    @Test
    void aNewResourceVersionAloneIsNoNewDeclaration() {
        assertThat(plan(logged(1), wanted(policy(0, "2", 0)))).isEqualTo(publishes());
    }

    @Test
    void aDeletedPolicyIsWithdrawn() {
        Map<String, PolicyDeclared> logged = logged(1);
        Target target = policy(0, "1", 0).target();

        assertThat(plan(logged, Map.of(target, new WantedPolicy.Nothing())))
                .isEqualTo(publishes(
                        new Publication.Withdraw(logged.keySet().iterator().next(), new Withdrawal.Deleted())));
    }

    /** A source that holds a deletion back, or cannot be read, does not give a policy and does not say that it is gone. */
    @Test
    void whatIsMissingAndNotGoneStays() {
        Target target = policy(0, "1", 0).target();

        assertThat(plan(logged(1), Map.of(target, new WantedPolicy.Unknown()))).isEqualTo(publishes());
    }

    @Test
    void aPolicyThatMovedIsWithdrawnFromItsOldImage() {
        Map<String, PolicyDeclared> logged = logged(1);
        PolicyDeclared moved = at(NEW, policy(0, "1", 0));

        assertThat(plan(new Logged(logged, Map.of()), wanted(moved), TargetHistory.NONE.declared(NEW, 8)))
                .isEqualTo(publishes(
                        new Publication.Withdraw(logged.keySet().iterator().next(), new Withdrawal.Moved(NEW))));
    }

    @Test
    void aPolicyThatMovedStaysUntilItIsDeclaredWhereItIsNow() {
        PolicyDeclared moved = at(NEW, policy(0, "1", 0));

        assertThat(plan(logged(1), wanted(moved))).isEqualTo(new Plan(List.of(), Set.of(moved.target())));
    }

    @Test
    void whoHasThePolicyIsNamedWhereItIsDeclaredAnew() {
        PolicyDeclared policy = policy(0, "1", 0);
        TargetHistory history = TargetHistory.NONE
                .declared(OLD, 5)
                .declared(NEW, 9)
                .selected(40)
                .selected(7);

        assertThat(plan(new Logged(Map.of(), Map.of()), wanted(policy), history))
                .isEqualTo(publishes(
                        new Publication.Declare(policy.following(NEW, 40L).withSequence(10))));
    }

    /** Its old task may not have heard of the deletion yet. */
    @Test
    void whoHadADeletedPolicyHandsItOver() {
        PolicyDeclared policy = policy(0, "1", 0);
        TargetHistory history = TargetHistory.NONE.declared(OLD, 5).withdrawn(OLD, new Withdrawal.Deleted());

        assertThat(plan(new Logged(Map.of(), Map.of()), wanted(policy), history))
                .isEqualTo(publishes(
                        new Publication.Declare(policy.following(OLD, null).withSequence(6))));

        String old = Keys.declared(OLD, policy.target());
        PolicyDeclared elsewhere = at(NEW, policy);
        assertThat(plan(
                        new Logged(Map.of(), Map.of(old, new Withdrawal.Deleted())),
                        wanted(elsewhere),
                        history.declared(NEW, 6)))
                .isEqualTo(publishes(new Publication.Withdraw(old, new Withdrawal.Moved(NEW))));
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

        assertThat(plan(Map.of(key, before), wanted(edited)))
                .isEqualTo(publishes(
                        new Publication.Declare(edited.following(OLD, 40L).withSequence(8))));
        assertThat(plan(Map.of(key, before), wanted(policy(0, "2", 0)))).isEqualTo(publishes());
    }

    @Test
    void aRefusedPolicyKeepsItsSelectionSuspended() {
        PolicyDeclared before = policy(0, "1", 7);

        assertThat(plan(logged(1), Map.of(before.target(), refused("uid"))).publications())
                .singleElement()
                .isInstanceOfSatisfying(Publication.Declare.class, declare -> {
                    assertThat(declare.policy().suspended()).isTrue();
                    assertThat(declare.policy().sequence()).isEqualTo(8);
                });
    }

    private static WantedPolicy refused(String uid) {
        return new WantedPolicy.Refused(new WantedPolicy.Refusal("Reason", "why", false), uid);
    }

    /** D10: deleted and declared again while nobody looked. */
    @Test
    void anotherObjectIsDeclaredEvenIfItSaysTheSame() {
        PolicyDeclared another = policy(0, "1", 0).readFrom("another", "1");

        assertThat(plan(logged(1), wanted(another)))
                .isEqualTo(publishes(new Publication.Declare(another.withSequence(8))));
    }

    @Test
    void theSelectionOfADeletedPolicyIsNotKeptForAnotherThatIsRefused() {
        Map<String, PolicyDeclared> logged = logged(1);
        Target target = policy(0, "1", 0).target();

        assertThat(plan(logged, Map.of(target, refused("another"))))
                .isEqualTo(publishes(
                        new Publication.Withdraw(logged.keySet().iterator().next(), new Withdrawal.Deleted())));
        assertThat(plan(logged, Map.of(target, refused(""))).publications())
                .singleElement()
                .isInstanceOf(Publication.Declare.class);
    }

    /** A source that does not say which object it is does not make the log forget it. */
    @Test
    void anObjectThatIsNotKnownIsTakenForTheSame() {
        PolicyDeclared unknown = policy(0, "2", 0).readFrom("", "2");

        assertThat(plan(logged(1), wanted(unknown))).isEqualTo(publishes());
        assertThat(plan(logged(1), wanted(unknown.suspend())))
                .isEqualTo(publishes(new Publication.Declare(policy(0, "2", 8).suspend())));
    }
}
