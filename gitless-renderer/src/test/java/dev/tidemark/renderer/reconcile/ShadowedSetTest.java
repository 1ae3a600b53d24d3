package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.apply.LiveObjects;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A set that another controller works on: what would be there is compared with what the other says is there. */
class ShadowedSetTest {

    private final Renderers renderers = new Renderers(1);
    private final LiveObjects objects = new LiveObjects();
    private final Renderers.One one = renderers.replica("one", objects, objects::owners);
    private final Logger log = Logger.getLogger("dev.tidemark.runtime.status.Shadows");
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            said.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(handler);
    }

    @AfterEach
    void end() {
        log.removeHandler(handler);
        renderers.close();
    }

    @Test
    void itsInventoryIsComparedAndNothingIsDone() {
        var set = Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: app, namespace: apps, annotations: {shadow.tidemark.dev/of: flux-operator}}
                spec: {resources: [{apiVersion: v1, kind: ConfigMap, metadata: {name: made, namespace: apps}}]}
                """);
        renderers.statuses.write(set, theirs("apps_other__ConfigMap"), null);
        one.declare(set);
        renderers.world.pass(Duration.ofSeconds(5));

        assertThat(said)
                .singleElement()
                .asString()
                .contains("shadow-differs", "ResourceSet/apps/app", "flux-operator")
                .contains("inventory lacks apps_made__ConfigMap, and would have it")
                .contains("inventory has apps_other__ConfigMap, and would not");
        assertThat(objects.news()).isEmpty();
        assertThat(renderers.statuses.find(set.id(), ResourceSetStatus.class))
                .contains(theirs("apps_other__ConfigMap"));

        String version =
                renderers.statuses.read(set.id(), ResourceSetStatus.class).version();
        renderers.statuses.write(set, theirs("apps_made__ConfigMap"), version);
        renderers.world.pass(Duration.ofHours(2));
        assertThat(said).hasSize(2);
        assertThat(said.getLast()).doesNotContain("inventory");
    }

    private static ResourceSetStatus theirs(String id) {
        return new ResourceSetStatus(
                List.of(),
                new ResourceSetStatus.Inventory(List.of(new ResourceSetStatus.Entry(id, "v1"))),
                "sha256:theirs",
                null);
    }
}
