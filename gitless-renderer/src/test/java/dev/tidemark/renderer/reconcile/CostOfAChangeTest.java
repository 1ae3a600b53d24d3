package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.renderer.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One change costs the same among ten sets and among a thousand: what it concerns is looked at, and nothing else. */
class CostOfAChangeTest {

    private static final ResourceId PROVIDER = provider(3, "x").id();

    /**
     * What was looked at.
     *
     * @param asked questions of what the log says about a provider
     * @param reads of statuses
     * @param found resources that were given out
     */
    private record Cost(int asked, int reads, long found) {}

    private static Resource<?> provider(int number, String value) {
        return Samples.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: p%d, namespace: apps}
                spec: {type: OCIArtifactTag, url: "oci://registry.example.com/team/p%d", defaultValues: {x: %s}}
                """.formatted(number, number, value));
    }

    private static Resource<?> set(int number, String value) {
        return Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: s%d, namespace: apps}
                spec:
                  inputsFrom: [{kind: ResourceSetInputProvider, name: p%d}]
                  resources: [{apiVersion: v1, kind: ConfigMap, metadata: {name: s%d, namespace: apps}, data: {y: %s}}]
                """.formatted(number, number, number, value));
    }

    private static Cost cost(int count, Consumer<Renderers.One> change) {
        try (Renderers renderers = new Renderers(1)) {
            MemoryStore objects = new MemoryStore(renderers.world);
            var one = renderers.replica("one", objects, objects::owners);
            List<Resource<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(provider(i, "x"));
                all.add(set(i, "y"));
            }
            one.declare(all.toArray(Resource<?>[]::new));
            renderers.append(PROVIDER, Renderers.selected(1, "1.0.0"));
            renderers.world.settle();
            one.asked = 0;
            renderers.statuses.reads = 0;
            long before = one.counted.asked();

            change.accept(one);
            renderers.world.settle();
            return new Cost(one.asked, renderers.statuses.reads, one.counted.asked() - before);
        }
    }

    private static void isFlat(Consumer<Renderers.One> change) {
        Cost few = cost(10, change);

        assertThat(few.reads()).isPositive();
        assertThat(cost(1000, change)).isEqualTo(few);
    }

    @Test
    void aProviderThatChanges() {
        isFlat(one -> one.resources.upsert(provider(3, "z")));
    }

    @Test
    void aSetThatChanges() {
        isFlat(one -> one.resources.upsert(set(3, "z")));
    }

    @Test
    void aSetThatGoes() {
        isFlat(one -> one.resources.delete(set(3, "y").id()));
    }

    @Test
    void aSelection() {
        isFlat(one -> one.hear(PROVIDER));
    }

    /** Otherwise the test would say nothing. */
    @Test
    void whatIsTakenOverCostsWhatThereIs() {
        Consumer<Renderers.One> takeOver = one -> one.work.begin(0);

        assertThat(cost(1000, takeOver).found())
                .isGreaterThan(50 * cost(10, takeOver).found());
    }

    @Test
    void aPoll() {
        isFlat(one -> one.work.polled(Set.of("registry.example.com/team/p3#")));
    }
}
