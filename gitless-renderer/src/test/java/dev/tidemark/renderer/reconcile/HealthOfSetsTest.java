package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.LiveObjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sets that wait for their objects: what they say, for how long, and that nobody waits for them. */
class HealthOfSetsTest {

    private static final Map<String, Object> COMPLETE =
            Map.of("conditions", List.of(Map.of("type", "Complete", "status", "True")));
    private static final Map<String, Object> FAILED =
            Map.of("conditions", List.of(Map.of("type", "Failed", "status", "True", "message", "out of tries")));

    private final Renderers renderers = new Renderers(1);
    private final LiveObjects objects = new LiveObjects();
    private final Renderers.One one = renderers.replica("one", objects, objects::owners);

    @AfterEach
    void end() {
        renderers.close();
    }

    @Test
    void isReadyWhenItsObjectsAreHealthy() {
        one.declare(set("waits", true));
        renderers.world.settle();

        assertThat(condition("waits", "Reconciling").message())
                .isEqualTo("waiting for Job/apps/waits: it is not complete");
        assertThat(condition("waits", "Ready").status()).isEqualTo("Unknown");
        assertThat(status("waits").lastAppliedRevision()).isNull();

        objects.status(job("waits"), COMPLETE);
        renderers.world.pass(Duration.ofSeconds(5));

        assertThat(condition("waits", "Ready").status()).isEqualTo("True");
        assertThat(renderers.events())
                .singleElement()
                .isInstanceOfSatisfying(Event.Rendered.class, rendered -> assertThat(rendered.objects())
                        .containsExactly("Job/apps/waits created"));
    }

    @Test
    void doesNotKeepOthersWaiting() {
        List<Resource<?>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(set("waits" + i, true));
        }
        one.declare(all.toArray(Resource<?>[]::new));
        renderers.world.settle();
        all.add(set("quick", false));

        one.declare(all.toArray(Resource<?>[]::new));
        renderers.world.settle();

        assertThat(condition("quick", "Ready").status()).isEqualTo("True");
    }

    @Test
    void costsALookAtWhatIsNotHealthyFromTimeToTime() {
        one.declare(set("waits", true));
        renderers.world.settle();
        objects.news();

        renderers.world.pass(Duration.ofSeconds(60));

        assertThat(objects.news()).hasSizeBetween(12, 20).containsOnly("find Job/apps/waits");
    }

    @Test
    void failsWhenItTakesTooLong() {
        one.declare(set("waits", true));
        renderers.world.settle();

        renderers.world.pass(Duration.ofMinutes(4));
        assertThat(condition("waits", "Ready").status()).isEqualTo("Unknown");
        renderers.world.pass(Duration.ofSeconds(65));

        assertThat(condition("waits", "Ready").reason()).isEqualTo("ReconciliationFailed");
        assertThat(condition("waits", "Ready").message())
                .startsWith("still waiting for Job/apps/waits: it is not complete, after 5m0s");
    }

    @Test
    void failsAtOnceWhereWaitingDoesNotHelp() {
        one.declare(set("waits", true));
        renderers.world.settle();
        objects.status(job("waits"), FAILED);

        renderers.world.pass(Duration.ofSeconds(1));

        assertThat(condition("waits", "Ready").message()).isEqualTo("not healthy: Job/apps/waits: out of tries");
    }

    @Test
    void whatIsLostDuringTheWaitIsAppliedAgain() {
        one.declare(set("waits", true));
        renderers.world.settle();
        objects.lose(job("waits"));

        renderers.world.pass(Duration.ofSeconds(5));

        assertThat(objects.ids()).containsExactly(job("waits"));
    }

    private static ObjectId job(String name) {
        return new ObjectId("batch", "Job", "apps", name);
    }

    private static Resource<?> set(String name, boolean waits) {
        return Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: %s, namespace: apps}
                spec:
                  wait: %s
                  resources: [{apiVersion: batch/v1, kind: Job, metadata: {name: %s, namespace: apps}}]
                """.formatted(name, waits, name));
    }

    private ResourceSetStatus status(String name) {
        return renderers
                .statuses
                .find(new ResourceId("ResourceSet", "apps", name), ResourceSetStatus.class)
                .orElseThrow();
    }

    private Condition condition(String name, String type) {
        return status(name).conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
