package dev.tidemark.evaluator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluator.Manifests;
import dev.tidemark.evaluator.Statuses;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyStatusesTest {

    private static final Instant NOON = World.BEGIN;
    private static final ResourceId POLICY = new ResourceId("ImagePolicy", "apps", "shop");
    private static final int PARTITION =
            Partitioning.partition(Topic.POLICY_DECIDED, "local/" + POLICY, Evaluators.PARTITIONS);

    private final Evaluators evaluators = new Evaluators(1);
    private final Evaluators.One one = evaluators.replica("one");
    private final Statuses statuses = one.statuses;
    private final Manifests declared = Manifests.ofCase("06");

    @BeforeEach
    void declare() {
        one.declare(declared);
        evaluators.world.settle();
    }

    @AfterEach
    void end() {
        evaluators.close();
    }

    private void decide(PolicyDecided decided) {
        evaluators.decide(decided);
        evaluators.world.settle();
    }

    @Test
    void aPolicyShowsItsOwnDecisionAndNotThatOfAProviderOfItsName() {
        PolicyDecided policy = decided("ImagePolicy", "docker.io/acme/shop", "1.0.0");
        PolicyDecided provider = decided("ResourceSetInputProvider", "index.docker.io/acme/shop", "2.0.0");

        decide(provider);
        assertThat(statuses.read(ImagePolicyStatus.class, POLICY)).isEmpty();

        decide(policy);
        decide(provider);
        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.0");
    }

    /** One that is read again, after a restart for example, has not taken a day. */
    @Test
    void aRunOfAPolicyIsFromItsDecisionToItsStatus() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        assertThat(one.runs).containsExactly("ImagePolicy/apps/shop PT1S");

        evaluators.world.pass(Duration.ofDays(1));
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.1"));

        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.1");
        assertThat(one.runs).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenIsWrittenLaterUnlessItIsOvertaken() {
        statuses.unwritable(Optional.of(POLICY));
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.1"));
        assertThat(status()).isEmpty();
        assertThat(evaluators.deciding.committed(PARTITION)).isZero();

        statuses.unwritable(Optional.empty());
        evaluators.world.pass(Duration.ofMinutes(1));

        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.1");
        assertThat(evaluators.deciding.committed(PARTITION)).isEqualTo(2);
    }

    /** Others wait behind it. */
    @Test
    void whatCannotBeWrittenForLongKeepsNobodyFromBeingRead() {
        statuses.unwritable(Optional.of(POLICY));
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        evaluators.world.pass(StatusShard.LONGEST_UNFINISHED.plusSeconds(2));

        assertThat(status()).isEmpty();
        assertThat(evaluators.deciding.committed(PARTITION)).isEqualTo(1);
    }

    @Test
    void aDecisionWhoseStatusWasNotWrittenSurvivesAKill() {
        statuses.unwritable(Optional.of(POLICY));
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        evaluators.world.pass(Duration.ofSeconds(5));
        kill();

        var two = evaluators.replica("two");
        two.declare(declared);
        evaluators.world.pass(Duration.ofSeconds(1));

        assertThat(two.statuses.read(ImagePolicyStatus.class, POLICY).map(ImagePolicyStatus::latestImage))
                .contains("docker.io/acme/shop:1.0.0");
    }

    /** Another replica may have heard of the policy before us. */
    @Test
    void aDecisionIsShownWhenItsPolicyIsHeardOf() {
        one.declare(Manifests.NONE);
        evaluators.world.settle();
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        assertThat(status()).isEmpty();

        one.declare(declared.withUid("ImagePolicy", "again").withUid("ImageRepository", "again"));
        evaluators.world.settle();

        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.0");
    }

    @Test
    void aRefusalIsShownAndWhatWasDecidedAgainAfterIt() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        one.declare(declared.without("ImageRepository"));
        evaluators.world.settle();
        assertThat(reason()).isEqualTo("DependencyNotReady");

        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.1"));
        assertThat(reason()).isEqualTo("DependencyNotReady");
        one.declare(declared.withUid("ImageRepository", "again"));
        evaluators.world.settle();
        assertThat(reason()).isEqualTo("Succeeded");
        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.1");
    }

    /** Only a newer evaluator can come to it, and show it. */
    @Test
    void anOutcomeOfTomorrowLeavesTheStatusAsItIs() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        PolicyDecided today = decided("ImagePolicy", "docker.io/acme/shop", "2.0.0");
        decide(new PolicyDecided(
                today.target(),
                today.name(),
                DecisionOutcome.UNKNOWN,
                "Promoting",
                "what nobody here knows",
                today.selection(),
                today.previous(),
                today.trigger(),
                today.decidedAt(),
                today.inputs(),
                today.evaluator(),
                null,
                null,
                null,
                null));
        assertThat(reason()).isEqualTo("Succeeded");
        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.0");
    }

    @Test
    void aStatusGoesWithItsPolicy() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));

        one.declare(Manifests.NONE);
        evaluators.world.settle();

        assertThat(status()).isEmpty();
    }

    @Test
    void aStatusWhosePolicyWentWhileNobodyLookedGoesAfterTheStart() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        kill();

        evaluators.replica("two", statuses);
        evaluators.world.pass(Duration.ofSeconds(1));

        assertThat(status()).isEmpty();
    }

    /** Its manifest may be unreadable just now. */
    @Test
    void aPolicyThatWasNotGivenAndIsNotGoneKeepsItsStatus() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        kill();
        var two = evaluators.replica("two", statuses, false);
        two.resources.completed(absent -> false);
        evaluators.world.pass(Duration.ofMinutes(1));

        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.1"));

        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.0");
    }

    /** Whatever the image is, and also where there is none. */
    @Test
    void everyPolicyHasOneWriter() {
        var two = evaluators.replica("two");
        evaluators.world.pass(Duration.ofSeconds(5));
        List<ResourceId> policies = IntStream.range(0, 20)
                .mapToObj(number -> new ResourceId("ImagePolicy", "apps", "lone-" + number))
                .toList();
        Manifests refused = Manifests.of(policies.stream()
                .map(id -> "{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImagePolicy, metadata: {name: " + id.name()
                        + ", namespace: apps}, spec: {imageRepositoryRef: {name: none}, policy: {alphabetical: {}}}}")
                .collect(Collectors.joining("\n---\n")));

        one.declare(refused);
        two.declare(refused);
        evaluators.world.settle();

        assertThat(policies)
                .allMatch(id -> statuses.read(ImagePolicyStatus.class, id).isPresent()
                        != two.statuses.read(ImagePolicyStatus.class, id).isPresent());
        assertThat(statuses.writes()).isPositive();
        assertThat(two.statuses.writes()).isPositive();
    }

    /** D10: nothing of the one that had its name is said of it. */
    @Test
    void anotherPolicyOfTheNameBeginsWithoutAStatus() {
        one.declare(declared.withUid("ImagePolicy", "one"));
        evaluators.world.settle();
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));

        one.declare(declared.withUid("ImagePolicy", "one").without("ImageRepository"));
        evaluators.world.settle();
        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.0");
        one.declare(declared.withUid("ImagePolicy", "two").without("ImageRepository"));
        evaluators.world.settle();

        assertThat(reason()).isEqualTo("DependencyNotReady");
        assertThat(latest()).isEqualTo("null");
    }

    @Test
    void aSuspendedPolicyAcknowledgesARequestAndNothingElse() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        int writes = statuses.writes();

        one.declare(Manifests.of("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: shop, namespace: apps, annotations: {reconcile.fluxcd.io/requestedAt: now}}
                spec: {suspend: true, imageRepositoryRef: {name: shop}, policy: {semver: {range: 1.x}}}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: shop, namespace: apps}
                spec: {image: docker.io/acme/shop, interval: 1m}
                """));
        evaluators.world.settle();

        assertThat(status().orElseThrow().lastHandledReconcileAt()).isEqualTo("now");
        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.0");
        assertThat(statuses.writes()).isEqualTo(writes + 1);
    }

    /** An alert on it would end with a restart, and the fault would not. */
    @Test
    void whatWasSaidBeforeAStartIsShownToTheMetricsAfterIt() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        int writes = statuses.writes();
        kill();

        Evaluators.One other = evaluators.replica("other", statuses);
        other.declare(declared);
        evaluators.world.settle();

        assertThat(other.shown).contains(POLICY);
        assertThat(statuses.writes()).isEqualTo(writes);
    }

    private void kill() {
        one.process.kill();
        evaluators.group.expel(one.process);
        evaluators.deciding.expel(one.process);
    }

    private Optional<ImagePolicyStatus> status() {
        return statuses.read(ImagePolicyStatus.class, POLICY);
    }

    private String reason() {
        return statuses.read(ImagePolicyStatus.class, POLICY).orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    private String latest() {
        return String.valueOf(
                statuses.read(ImagePolicyStatus.class, POLICY).orElseThrow().latestImage());
    }

    private static PolicyDecided decided(String kind, String name, String tag) {
        return new PolicyDecided(
                new Target("local", kind, "apps", "shop"),
                name,
                DecisionOutcome.SELECTED,
                "Succeeded",
                "selected",
                List.of(new SelectedTag(tag, null)),
                List.of(),
                Trigger.SCAN,
                NOON.minus(Duration.ofSeconds(1)),
                Map.of(),
                "test",
                null,
                null,
                null,
                null);
    }
}
