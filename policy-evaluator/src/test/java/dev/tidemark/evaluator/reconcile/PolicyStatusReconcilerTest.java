package dev.tidemark.evaluator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluator.Manifests;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyStatusReconcilerTest {

    private static final Instant NOON = World.BEGIN;
    private static final ResourceId POLICY = new ResourceId("ImagePolicy", "apps", "shop");

    private final Evaluators evaluators = new Evaluators(1);
    private final Evaluators.One one = evaluators.replica("one");
    private final Manifests resources = one.statuses;
    private final ResourceSnapshot declared = Manifests.ofCase("06").current();

    @BeforeEach
    void declare() {
        one.declare(declared);
        evaluators.world.settle();
    }

    @AfterEach
    void end() {
        evaluators.close();
    }

    /** The channel may acknowledge it once the first attempt to show it has ended. */
    private void decide(PolicyDecided decided) {
        CompletableFuture<Void> shown = one.work.decided(decided);
        evaluators.world.settle();
        assertThat(shown).isCompleted();
    }

    @Test
    void aPolicyShowsItsOwnDecisionAndNotThatOfAProviderOfItsName() {
        PolicyDecided policy = decided("ImagePolicy", "docker.io/acme/shop", "1.0.0");
        PolicyDecided provider = decided("ResourceSetInputProvider", "index.docker.io/acme/shop", "2.0.0");

        decide(provider);
        assertThat(resources.read(POLICY, ImagePolicyStatus.class)).isEmpty();

        decide(policy);
        decide(provider);
        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.0");
    }

    @Test
    void whatCannotBeWrittenIsWrittenLaterUnlessItIsOvertaken() {
        resources.unwritable(Optional.of(POLICY));
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.1"));
        assertThat(resources.read(POLICY, ImagePolicyStatus.class)).isEmpty();

        resources.unwritable(Optional.empty());
        evaluators.world.pass(Duration.ofMinutes(1));

        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.1");
    }

    @Test
    void aRefusalIsShownAndWhatWasDecidedAgainAfterIt() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        Map<ResourceId, Resource<?>> without = new HashMap<>(declared.resources());
        without.keySet().removeIf(id -> id.kind().equals("ImageRepository"));
        one.declare(new ResourceSnapshot(without, List.of()));
        evaluators.world.settle();
        assertThat(reason()).isEqualTo("DependencyNotReady");

        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.1"));
        assertThat(reason()).isEqualTo("DependencyNotReady");
        one.declare(declared);
        evaluators.world.settle();
        assertThat(reason()).isEqualTo("Succeeded");
        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.1");
    }

    @Test
    void aStatusGoesWithItsPolicy() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));

        one.declare(ResourceSnapshot.EMPTY);
        evaluators.world.settle();

        assertThat(resources.read(POLICY, ImagePolicyStatus.class)).isEmpty();
    }

    /** Its manifest may be unreadable just now, or another replica's to show. */
    @Test
    void aPolicyThatWasNeverSeenKeepsItsStatus() {
        decide(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        var again = evaluators.replica("two", resources);
        again.declare(ResourceSnapshot.EMPTY);
        evaluators.world.settle();

        var unused = again.work.decided(decided("ImagePolicy", "docker.io/acme/shop", "1.0.1"));
        evaluators.world.settle();

        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.0");
    }

    private String reason() {
        return resources.read(POLICY, ImagePolicyStatus.class).orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    private String latest() {
        return String.valueOf(
                resources.read(POLICY, ImagePolicyStatus.class).orElseThrow().latestImage());
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
                null);
    }
}
