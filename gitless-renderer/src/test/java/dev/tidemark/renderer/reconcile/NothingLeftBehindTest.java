package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.ObjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to replicas, to the store of statuses and to a set, in any order: in the end the objects are there that
 * the set has, and no other.
 */
class NothingLeftBehindTest {

    private static final int SEEDS = 300;
    private static final int STEPS = 12;
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @Test
    void ofAnyHistory() {
        for (long seed = 0; seed < SEEDS; seed++) {
            new History(seed).run();
        }
    }

    private static final class History {

        private final long seed;
        private final Random random;
        private final Renderers renderers;
        private final MemoryStore objects;
        private final List<Renderers.One> replicas = new ArrayList<>();
        private final List<String> done = new ArrayList<>();
        private Set<String> names = Set.of();
        private int started;
        private int uid;

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.renderers = new Renderers(seed);
            this.objects = new MemoryStore(renderers.world);
        }

        void run() {
            try (renderers) {
                begin();
                begin();
                for (int i = 0; i < STEPS; i++) {
                    happen();
                    for (int steps = random.nextInt(40); steps > 0 && renderers.world.step(); steps--) {
                        // some of what follows from it
                    }
                }
                renderers.statuses.full = false;
                renderers.world.pass(Duration.ofMinutes(5));
                assertThat(objects.objects.keySet().stream().map(ObjectId::name))
                        .as("seed %s: %s", seed, done)
                        .containsExactlyInAnyOrderElementsOf(names);
            }
        }

        private void happen() {
            switch (random.nextInt(8)) {
                case 0 -> {
                    done.add("goes");
                    names = Set.of();
                    uid++;
                    replicas.forEach(one -> one.declare());
                }
                case 1 -> {
                    done.add("is another");
                    uid++;
                    declare();
                }
                case 2, 3 -> declare();
                case 4 -> {
                    done.add("full or not");
                    renderers.statuses.full = !renderers.statuses.full;
                }
                case 5 -> {
                    done.add("killed");
                    Renderers.One killed = replicas.removeFirst();
                    killed.process.kill();
                    renderers.group.expel(killed.process);
                    begin();
                }
                case 6 -> {
                    done.add("expelled");
                    renderers.group.expel(replicas.getFirst().process);
                }
                default -> renderers.world.pass(Duration.ofMillis(random.nextInt(20_000)));
            }
        }

        private void begin() {
            replicas.add(renderers.replica("r" + started++, objects, objects::owners));
            if (!names.isEmpty()) {
                replicas.getLast().declare(set());
            }
        }

        private void declare() {
            names = new TreeSet<>(NAMES.subList(random.nextInt(2), 2 + random.nextInt(3)));
            done.add("is " + names + " of " + uid);
            replicas.forEach(one -> one.declare(set()));
        }

        private Resource<?> set() {
            String all = names.stream()
                    .map("{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: apps}}"::formatted)
                    .collect(Collectors.joining(", "));
            return Samples.of(Kinds.RESOURCE_SET, """
                    apiVersion: fluxcd.controlplane.io/v1
                    kind: ResourceSet
                    metadata: {name: app, namespace: apps, uid: u%d}
                    spec: {resources: [%s]}
                    """.formatted(uid, all));
        }
    }
}
