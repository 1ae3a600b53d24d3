package dev.tidemark.evaluator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluator.Manifests;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyStatusWriterTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final ResourceId POLICY = new ResourceId("ImagePolicy", "apps", "shop");

    private final Manifests resources = Manifests.ofCase("06");
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final PolicyStatusWriter writer = new PolicyStatusWriter(
            resources, resources, "local", Clock.fixed(NOON, ZoneOffset.UTC), (wait, work) -> later.add(work));

    @Test
    void aPolicyShowsItsOwnDecisionAndNotThatOfAProviderOfItsName() {
        PolicyDecided policy = decided("ImagePolicy", "docker.io/acme/shop", "1.0.0");
        PolicyDecided provider = decided("ResourceSetInputProvider", "index.docker.io/acme/shop", "2.0.0");

        writer.decided(provider);
        assertThat(resources.read(POLICY, ImagePolicyStatus.class)).isEmpty();

        writer.decided(policy);
        writer.decided(provider);
        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.0");
    }

    @Test
    void whatCannotBeWrittenIsWrittenLaterUnlessItIsOvertaken() {
        resources.unwritable(Optional.of(POLICY));
        writer.decided(decided("ImagePolicy", "docker.io/acme/shop", "1.0.0"));
        writer.decided(decided("ImagePolicy", "docker.io/acme/shop", "1.0.1"));
        assertThat(resources.read(POLICY, ImagePolicyStatus.class)).isEmpty();

        resources.unwritable(Optional.empty());
        while (!later.isEmpty()) {
            later.removeLast().run();
        }

        assertThat(latest()).isEqualTo("docker.io/acme/shop:1.0.1");
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
                "test");
    }
}
