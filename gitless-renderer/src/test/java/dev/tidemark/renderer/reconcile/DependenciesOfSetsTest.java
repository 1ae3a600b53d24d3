package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.LiveObjects;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sets that depend on other objects (flux-gitless 2.7), or ask for their data. */
class DependenciesOfSetsTest {

    private static final ObjectId MADE = new ObjectId("", "ConfigMap", "apps", "made");

    private final Renderers renderers = new Renderers(1);
    private final LiveObjects objects = new LiveObjects();
    private final Renderers.One one = renderers.replica("one", objects, objects::owners);

    @AfterEach
    void end() {
        renderers.close();
    }

    private void declare(String dependsOn, String annotations) {
        one.declare(set(dependsOn, annotations));
        renderers.world.settle();
    }

    private static Resource<?> set(String dependsOn, String annotations) {
        return Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: app, namespace: apps}
                spec:
                  dependsOn: [%s]
                  resources:
                  - {apiVersion: v1, kind: ConfigMap, metadata: {name: made, namespace: apps, annotations: {%s}}}
                """.formatted(dependsOn, annotations));
    }

    private Condition condition(String type) {
        return renderers
                .statuses
                .find(new ResourceId("ResourceSet", "apps", "app"), ResourceSetStatus.class)
                .orElseThrow()
                .conditions()
                .stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private void job(Map<String, Object> status) {
        ObjectId id = new ObjectId("batch", "Job", "infra", "migrate");
        objects.make(Samples.object("{apiVersion: batch/v1, kind: Job, metadata: {name: migrate, namespace: infra}}"));
        objects.status(id, status);
    }

    private void pass() {
        renderers.world.pass(SetRun.DEPENDENCY_PAUSE.plus(Duration.ofSeconds(1)));
    }

    @Test
    void whatIsNotThereIsWaitedFor() {
        declare("{apiVersion: batch/v1, kind: Job, name: migrate, namespace: infra}", "");

        assertThat(condition("Ready").status()).isEqualTo("False");
        assertThat(condition("Ready").reason()).isEqualTo("DependencyNotReady");
        assertThat(condition("Ready").message()).isEqualTo("dependency Job/infra/migrate is not there");
        assertThat(objects.ids()).isEmpty();

        job(Map.of());
        pass();
        assertThat(condition("Ready").status()).isEqualTo("True");
        assertThat(objects.ids()).contains(MADE);
    }

    @Test
    void whatIsToBeReadyIsWaitedForUntilItIs() {
        job(Map.of());
        declare("{apiVersion: batch/v1, kind: Job, name: migrate, namespace: infra, ready: true}", "");
        assertThat(condition("Ready").message()).startsWith("dependency Job/infra/migrate is not ready: ");
        job(Map.of("startTime", "2026-01-01T00:00:00Z"));
        pass();
        assertThat(condition("Ready").status()).as("a Job that runs").isEqualTo("True");
    }

    @Test
    void anExpressionIsAskedInstead() {
        job(Map.of("active", 1L));
        declare(
                "{apiVersion: batch/v1, kind: Job, name: migrate, namespace: infra, ready: true,"
                        + " readyExpr: 'status.succeeded >= 1'}",
                "");
        assertThat(condition("Ready").message())
                .isEqualTo("dependency Job/infra/migrate is not ready: its readyExpr is not true");
        job(Map.of("succeeded", 1L));
        pass();
        assertThat(condition("Ready").status()).isEqualTo("True");
    }

    @Test
    void anExpressionSeesNoDataOfAnotherNamespacesSecret() {
        objects.make(
                Samples.object(
                        "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: infra}, data: {k: dA==}, type: Opaque}"));
        objects.make(Samples.object(
                "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: apps}, data: {k: dA==}, type: Opaque}"));
        String dependency =
                "{apiVersion: v1, kind: Secret, name: s, namespace: %s, ready: true, readyExpr: \"data.k == 'dA=='\"}";
        declare(dependency.formatted("infra"), "");
        assertThat(condition("Ready").reason()).isEqualTo("DependencyNotReady");
        declare(dependency.formatted("apps"), "");
        assertThat(condition("Ready").status()).isEqualTo("True");
    }

    @Test
    void whereReferencesMayNotCrossTheSetsOwnNamespaceAndNoneAreLeft() {
        one.process.kill();
        renderers.group.expel(one.process);
        renderers.crossing = CrossNamespaceRefs.BLOCKED;
        Renderers.One strict = renderers.replica("strict", objects, objects::owners);
        String dependency = "{apiVersion: v1, kind: %s}";
        strict.declare(set(dependency.formatted("Secret, name: s, namespace: infra"), ""));
        renderers.world.pass(Duration.ofSeconds(5));
        assertThat(condition("Stalled").reason()).isEqualTo("AccessDenied");
        assertThat(condition("Ready").message())
                .isEqualTo("can't access 'Secret/infra/s', cross-namespace references have been blocked");

        strict.declare(set(
                dependency.formatted("Secret, name: s, namespace: apps") + ", "
                        + dependency.formatted("Namespace, name: n"),
                ""));
        renderers.world.pass(Duration.ofSeconds(5));
        assertThat(condition("Ready").reason()).isEqualTo("DependencyNotReady");
    }

    @Test
    void whatIsNoExpressionStalls() {
        declare("{apiVersion: v1, kind: Secret, name: s, namespace: infra, ready: true, readyExpr: 'status.'}", "");
        assertThat(condition("Stalled").reason()).isEqualTo("InvalidCELExpression");
        assertThat(condition("Ready").message()).startsWith("spec.dependsOn, readyExpr of Secret/infra/s: ");
    }

    @Test
    void dataThatIsAskedForIsBroughtBeforeAnythingIsApplied() {
        declare("", "fluxcd.controlplane.io/copyFrom: infra/source");
        assertThat(condition("Ready").reason()).isEqualTo("ReconciliationFailed");
        assertThat(condition("Ready").message()).contains("ConfigMap/infra/source does not exist");
        assertThat(objects.ids()).isEmpty();
        assertThat(List.copyOf(objects.news())).containsOnly("find ConfigMap/infra/source");

        objects.make(Samples.object(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: source, namespace: infra}, data: {k: v}}"));
        renderers.world.pass(Duration.ofMinutes(1));
        assertThat(condition("Ready").status()).isEqualTo("True");
        assertThat(objects.find(MADE).orElseThrow().members("data")).isEqualTo(Map.of("k", "v"));
    }
}
