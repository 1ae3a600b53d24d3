package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.input.ProviderFacts;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a provider's status says beside what it exports: when its registry was and will be looked at. */
class ProviderReconcilerTest {

    private static final Instant NOW = World.BEGIN;
    private static final Instant LAST = NOW.minusSeconds(60);
    private static final Instant NEXT = NOW.plusSeconds(240);
    private static final Feed FEED = new Feed(new ImageName("ghcr.io/my-org/my-app"), "flux-system/registry-auth");
    private static final Event.FeedScanned POLL =
            new Event.FeedScanned(FEED, new Scan("s", LAST.plusMillis(7)), 2, "sha256:0", NEXT);

    private final Resource<ResourceSetInputProviderSpec> provider =
            Samples.seed(Kinds.RESOURCE_SET_INPUT_PROVIDER, "resourcesetinputprovider.yaml");
    private final Renderers renderers = new Renderers(1);
    private final Renderers.One one;
    private ProviderFacts facts = ProviderFacts.NONE;

    ProviderReconcilerTest() {
        MemoryStore objects = new MemoryStore(renderers.world);
        one = renderers.replica("one", objects, objects::owners);
        one.declare(provider);
    }

    @AfterEach
    void end() {
        renderers.close();
    }

    @Test
    void saysWhenTheRegistryWasLookedAtAndWillBe() {
        assertThat(status().lastPollTime()).isNull();

        facts = new ProviderFacts(null, null, null, POLL);

        assertThat(status().lastPollTime()).isEqualTo(LAST);
        assertThat(status().nextPollTime()).isEqualTo(NEXT);
        assertThat(status().conditions()).extracting(Condition::reason).containsOnly("DependencyNotReady");
    }

    @Test
    void aFailureKnowsTheNextTryBetter() {
        Instant nextTry = NOW.plusSeconds(1);
        facts = new ProviderFacts(
                null,
                null,
                new ScanFailed(FEED, new Scan("t", NOW), Event.ScanFailure.UNREACHABLE, "no route", nextTry),
                POLL);

        assertThat(status().lastPollTime()).isEqualTo(LAST);
        assertThat(status().nextPollTime()).isEqualTo(nextTry);
        assertThat(status().conditions())
                .extracting(Condition::message)
                .containsExactly("no route; next try at " + nextTry, "no route");

        // the log says nothing of the tries after it
        renderers.world.pass(Duration.ofSeconds(2));
        assertThat(one.work.problem()).isEmpty();
        assertThat(stored().nextPollTime()).isNull();
        assertThat(stored().conditions()).extracting(Condition::message).containsExactly("no route", "no route");
    }

    @Test
    void aStatusGoesWithItsProvider() {
        status();

        one.declare();
        renderers.world.settle();

        assertThat(renderers.statuses.find(provider.id(), ResourceSetInputProviderStatus.class))
                .isEmpty();
    }

    private ResourceSetInputProviderStatus status() {
        renderers.append(provider.id(), facts);
        one.hear(provider.id());
        renderers.world.settle();
        return stored();
    }

    private ResourceSetInputProviderStatus stored() {
        return renderers
                .statuses
                .find(provider.id(), ResourceSetInputProviderStatus.class)
                .orElseThrow();
    }
}
