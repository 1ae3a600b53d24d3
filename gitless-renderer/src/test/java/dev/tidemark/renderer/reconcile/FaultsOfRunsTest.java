package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.renderer.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a run throws is a condition of its resource, with a retry; other resources go on. */
class FaultsOfRunsTest {

    private static final ResourceId PROVIDER = new ResourceId("ResourceSetInputProvider", "apps", "api");
    private static final ResourceId SET = new ResourceId("ResourceSet", "apps", "api");

    private final Resource<?> provider = Samples.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSetInputProvider
            metadata: {name: api, namespace: apps}
            spec: {type: OCIArtifactTag, url: "oci://registry.example.com/team/api"}
            """);
    private final Resource<?> set = Samples.of(Kinds.RESOURCE_SET, """
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSet
            metadata: {name: api, namespace: apps}
            spec:
              inputsFrom: [{kind: ResourceSetInputProvider, name: api}]
              resources: [{apiVersion: v1, kind: ConfigMap, metadata: {name: api, namespace: apps}}]
            """);

    static List<Throwable> faults() {
        return List.of(
                new IllegalArgumentException("the value 'https://u:secret@x' is wrong"),
                new StackOverflowError(),
                new ClassCastException("class java.lang.Integer cannot be cast"),
                new AssertionError());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isAConditionAndARetry(Throwable fault) {
        try (Renderers renderers = new Renderers(1)) {
            MemoryStore store = new MemoryStore(renderers.world);
            var one = renderers.replica("one", store, store::owners);
            one.fault = fault;
            one.declare(provider, set);
            renderers.world.settle();

            for (Condition ready : List.of(ready(renderers.statuses, PROVIDER), ready(renderers.statuses, SET))) {
                assertThat(ready.status()).isNotEqualTo("True");
                assertThat(ready.reason()).isEqualTo("ReconciliationFailed");
                assertThat(ready.message()).isNotBlank().doesNotContain("java", "secret");
            }
            assertThat(renderers.events()).isNotEmpty().allMatch(Event.UpdateFailed.class::isInstance);
            assertThat(one.work.problem()).isEmpty();

            one.fault = null;
            renderers.append(PROVIDER, Renderers.selected(1, "1.0.0"));
            one.read();
            renderers.world.pass(Duration.ofSeconds(1));
            assertThat(ready(renderers.statuses, PROVIDER).status()).isEqualTo("True");
            assertThat(ready(renderers.statuses, SET).status()).isEqualTo("True");
        }
    }

    /** In a cluster it, and its namespace, could not go for as long as it is kept. */
    @Test
    void aSetWhoseObjectsCannotBeDeletedIsLetGoInTheEnd() {
        try (Renderers renderers = new Renderers(1)) {
            MemoryStore store = new MemoryStore(renderers.world);
            var one = renderers.replica("one", store, store::owners);
            one.declare(provider, set);
            renderers.append(PROVIDER, Renderers.selected(1, "1.0.0"));
            one.read();
            renderers.world.pass(Duration.ofSeconds(1));
            assertThat(store.objects).isNotEmpty();

            store.keeps = true;
            one.declare(provider);
            renderers.world.pass(SetEnd.LONGEST_END.dividedBy(2));
            assertThat(renderers.statuses.find(SET, ResourceSetStatus.class))
                    .as("it is tried again")
                    .isPresent();

            renderers.world.pass(SetEnd.LONGEST_END.multipliedBy(2));
            assertThat(renderers.statuses.find(SET, ResourceSetStatus.class)).isEmpty();
            assertThat(store.objects).isNotEmpty();
        }
    }

    /** Who deletes a namespace deletes the account with the set, and waits. */
    @Test
    void aSetWhoseAccountMayNothingIsLetGoSoonAndSaysWhatItLeaves() {
        try (Renderers renderers = new Renderers(1)) {
            MemoryStore store = new MemoryStore(renderers.world);
            var one = renderers.replica("one", store, store::owners);
            one.declare(provider, set);
            renderers.append(PROVIDER, Renderers.selected(1, "1.0.0"));
            one.read();
            renderers.world.pass(Duration.ofSeconds(1));

            store.denies = true;
            renderers.statuses.kept.put(SET, set);
            one.declare(provider);
            renderers.world.pass(SetEnd.LONGEST_DENIAL.dividedBy(2));
            assertThat(ready(renderers.statuses, SET))
                    .satisfies(ready -> assertThat(ready.status()).isEqualTo("False"))
                    .satisfies(ready -> assertThat(ready.message())
                            .isEqualTo("it is being deleted: ConfigMap/apps/api: the account may not get it"));

            renderers.world.pass(SetEnd.LONGEST_DENIAL);
            assertThat(renderers.statuses.find(SET, ResourceSetStatus.class)).isEmpty();
            assertThat(renderers.told)
                    .contains("WARNING ObjectsLeftBehind not deleted with it, so delete what is still there of"
                            + " ConfigMap/apps/api: ConfigMap/apps/api: the account may not get it");
        }
    }

    /** A server that restarts refuses everything for a moment, and an outage may have been before it. */
    @Test
    void aDenialThatPassesLetsNothingBehind() {
        try (Renderers renderers = new Renderers(1)) {
            MemoryStore store = new MemoryStore(renderers.world);
            var one = renderers.replica("one", store, store::owners);
            one.declare(provider, set);
            renderers.append(PROVIDER, Renderers.selected(1, "1.0.0"));
            one.read();
            renderers.world.pass(Duration.ofSeconds(1));

            store.denies = true;
            one.declare(provider);
            renderers.world.pass(SetEnd.LONGEST_DENIAL.dividedBy(2));
            store.denies = false;
            store.keeps = true;
            renderers.world.pass(SetEnd.LONGEST_DENIAL.multipliedBy(4));
            store.denies = true;
            renderers.world.pass(SetEnd.LONGEST_DENIAL.dividedBy(2));
            store.denies = false;
            store.keeps = false;
            renderers.world.pass(Duration.ofMinutes(1));

            assertThat(store.objects).isEmpty();
            assertThat(renderers.statuses.find(SET, ResourceSetStatus.class)).isEmpty();
        }
    }

    private static Condition ready(MemoryStatuses store, ResourceId id) {
        List<Condition> conditions = id.equals(SET)
                ? store.find(id, ResourceSetStatus.class).orElseThrow().conditions()
                : store.find(id, ResourceSetInputProviderStatus.class)
                        .orElseThrow()
                        .conditions();
        return conditions.stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }
}
