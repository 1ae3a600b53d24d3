package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.renderer.Samples;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** D7: a process that is stopped in the middle of its effects, and wakes when another has done newer ones, changes nothing. */
class PausedRendererTest {

    private static final int SEEDS = 40;
    private static final int OBJECTS = 40;
    private static final ResourceId PROVIDER =
            new ResourceId("ResourceSetInputProvider", "flux-system", "app-image-tag");
    private static final ResourceId SET = new ResourceId("ResourceSet", "flux-system", "many");

    private final Resource<?> provider =
            Samples.seed(Kinds.RESOURCE_SET_INPUT_PROVIDER, "resourcesetinputprovider.yaml");
    private final Resource<?> set = Samples.of(Kinds.RESOURCE_SET, many());

    private static String many() {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: many, namespace: flux-system}
                spec:
                  inputsFrom: [{kind: ResourceSetInputProvider, name: app-image-tag}]
                  resources:
                """);
        for (int i = 0; i < OBJECTS; i++) {
            yaml.append("  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c%d, namespace: apps}, ".formatted(i));
            yaml.append("data: {tag: \"<< inputs.tag >>\"}}\n");
        }
        return yaml.toString();
    }

    @Test
    void overwritesNothing() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(run(seed, UnaryOperator.identity())).as("seed %s", seed).containsExactly("3.0.0");
        }
    }

    /** Otherwise the test would say nothing. */
    @Test
    void withoutTheFenceItOverwritesWhatIsNewer() {
        int found = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            found += run(seed, Unfenced::new).contains("2.0.0") ? 1 : 0;
        }
        assertThat(found).isGreaterThan(SEEDS / 2);
    }

    private record Unfenced(Ownership asked) implements Ownership {
        @Override
        public Optional<Epoch> epoch(int partition) {
            return asked.epoch(partition);
        }

        @Override
        public boolean fence(Epoch epoch) {
            return true;
        }
    }

    /** Which tags the objects have in the end. */
    private Set<String> run(long seed, UnaryOperator<Ownership> proofs) {
        Random random = new Random(seed);
        try (Renderers renderers = new Renderers(seed)) {
            MemoryStore store = new MemoryStore(renderers.world);
            renderers.append(PROVIDER, Renderers.selected(1, "1.0.0"));
            var left = renderers.new One("left", store, store::owners, proofs);
            var right = renderers.new One("right", store, store::owners, proofs);
            left.declare(provider, set);
            right.declare(provider, set);
            renderers.world.pass(Duration.ofSeconds(5));
            assertThat(tags(store)).containsExactly("1.0.0");

            var old = renderers.serves(left, SET) ? left : right;
            var other = old == left ? right : left;
            renderers.append(PROVIDER, Renderers.selected(2, "2.0.0"));
            old.hear(PROVIDER);
            int done = 1 + random.nextInt(OBJECTS - 2);
            while (with(store, "2.0.0") < done && renderers.world.step()) {
                // until it is in the middle
            }
            old.process.freeze();
            renderers.world.pass(Duration.ofSeconds(10));
            renderers.group.expel(old.process);
            renderers.append(PROVIDER, Renderers.selected(3, "3.0.0"));
            renderers.world.pass(Duration.ofSeconds(5));
            other.hear(PROVIDER);
            renderers.world.pass(Duration.ofSeconds(5));
            assertThat(tags(store)).containsExactly("3.0.0");
            ResourceSetStatus status =
                    renderers.statuses.find(SET, ResourceSetStatus.class).orElseThrow();

            old.process.thaw();
            renderers.world.pass(Duration.ofSeconds(30));
            if (tags(store).size() == 1) {
                assertThat(renderers.statuses.find(SET, ResourceSetStatus.class))
                        .contains(status);
            }
            return tags(store);
        }
    }

    private static Set<String> tags(MemoryStore store) {
        Set<String> tags = new TreeSet<>();
        for (String tag : new String[] {"1.0.0", "2.0.0", "3.0.0"}) {
            if (with(store, tag) > 0) {
                tags.add(tag);
            }
        }
        return tags;
    }

    private static long with(MemoryStore store, String tag) {
        return store.objects.values().stream()
                .filter(object -> object.json().toString().contains(tag))
                .count();
    }
}
