package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.SetTerms;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A set that is deleted while nobody runs ends as it would have ended: whoever comes next has never seen it. */
class DeletedMeanwhileTest {

    private final Renderers renderers = new Renderers(1);
    private final MemoryStore objects = new MemoryStore(renderers.world);

    @AfterEach
    void end() {
        renderers.close();
    }

    private static Resource<?> set(String annotations) {
        return Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: app, namespace: apps, annotations: {%s}}
                spec:
                  serviceAccountName: deployer
                  resources: [{apiVersion: v1, kind: ConfigMap, metadata: {name: made, namespace: apps}}]
                """.formatted(annotations));
    }

    /** It is applied, nobody runs, it is deleted with these annotations, and somebody runs again. */
    private void deleteMeanwhile(String annotations) {
        Renderers.One first = renderers.replica("first", objects, objects::owners);
        first.declare(set(""));
        renderers.world.pass(Duration.ofSeconds(5));
        assertThat(objects.objects).hasSize(1);
        first.process.kill();
        renderers.group.expel(first.process);
        Resource<?> deleted = set(annotations);
        renderers.statuses.kept.put(deleted.id(), deleted);
        objects.last = null;
        renderers.replica("second", objects, objects::owners);
        renderers.world.pass(Duration.ofMinutes(1));
        assertThat(renderers.statuses.find(deleted.id(), ResourceSetStatus.class))
                .isEmpty();
    }

    @Test
    void itsObjectsAreDeletedAsItsOwnAccount() {
        deleteMeanwhile("");
        assertThat(objects.objects).isEmpty();
        assertThat(objects.last).isEqualTo(new SetTerms(new Owner("apps", "app"), "deployer", false));
    }

    @Test
    void thoseOfASuspendedOneStay() {
        deleteMeanwhile("fluxcd.controlplane.io/reconcile: disabled");
        assertThat(objects.objects).hasSize(1);
    }
}
