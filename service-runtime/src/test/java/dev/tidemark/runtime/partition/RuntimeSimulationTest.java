package dev.tidemark.runtime.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.partition.ModelService.Fault;
import dev.tidemark.runtime.partition.ModelService.Remote;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random interleavings of assignments, revocations, failed loads, slow effects, notifications, pauses, kills and closes: at
 * the end every number that was notified is in the remote, once. A seed that fails is named and runs alone:
 * {@code -Dtidemark.simulation.seed=N}; {@code -Dtidemark.simulation.seeds=N} runs more of them.
 */
class RuntimeSimulationTest {

    private static final List<String> IMAGES = List.of("r.io/a", "r.io/b", "r.io/c", "r.io/d", "r.io/e");
    private static final int EVENTS = 40;
    private static final Logger QUIET = Logger.getLogger("dev.tidemark.runtime");

    @BeforeAll
    static void quiet() {
        QUIET.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        QUIET.setLevel(null);
    }

    @Test
    void everythingThatIsNotifiedIsDoneOnceWhateverHappens() {
        Long one = Long.getLong("tidemark.simulation.seed");
        if (one != null) {
            assertThat(new Scenario(one, Fault.NONE).run()).as("seed " + one).isEmpty();
            return;
        }
        long seeds = Long.getLong("tidemark.simulation.seeds", 10_000);
        // On a virtual thread, passing control to the work of a world and back is no switch of the operating system's.
        CompletableFuture<Void> all = CompletableFuture.runAsync(
                () -> {
                    for (long seed = 0; seed < seeds; seed++) {
                        assertThat(new Scenario(seed, Fault.NONE).run())
                                .as("-Dtidemark.simulation.seed=" + seed)
                                .isEmpty();
                    }
                },
                Thread.ofVirtual()::start);
        all.join();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedFaultIsFound(Fault fault) {
        List<String> found = new ArrayList<>();
        for (long seed = 0; seed < 2_000 && found.isEmpty(); seed++) {
            new Scenario(seed, fault).run().ifPresent(found::add);
        }
        assertThat(found).isNotEmpty();
    }

    private static final class Scenario {
        private final Random random;
        private final World world;
        private final SimulatedGroup group;
        private final Remote remote;
        private final Fault fault;
        private final List<ModelService> services = new ArrayList<>();
        private final Map<String, List<Integer>> notified = new TreeMap<>();
        private int numbers;
        private int replicas;

        Scenario(long seed, Fault fault) {
            this.random = new Random(seed);
            this.world = new World(random.nextLong());
            this.group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, ModelService.PARTITIONS);
            this.remote = new Remote(world);
            this.fault = fault;
            if (fault == Fault.COMMITS_THE_POSITION) {
                group.spoilCommits(offsets -> {
                    Map<Integer, Long> positions = new HashMap<>();
                    offsets.keySet().forEach(partition -> positions.put(partition, group.end(partition)));
                    return positions;
                });
            }
        }

        /** What is wrong at the end, or was on the way; empty when all is well. */
        Optional<String> run() {
            try {
                start();
                start();
                for (int event = 0; event < EVENTS; event++) {
                    happen();
                    for (int steps = random.nextInt(12); steps > 0; steps--) {
                        world.step();
                    }
                }
                comeToRest();
                return verdict();
            } finally {
                world.end();
            }
        }

        private void start() {
            World.Replica replica = world.replica("replica-" + replicas++);
            services.add(new ModelService(world, group, remote, replica, fault, random));
        }

        private void happen() {
            ModelService some = services.isEmpty() ? null : services.get(random.nextInt(services.size()));
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3, 4 -> notifyOne();
                case 5 -> group.rebalance(random::nextInt);
                case 6 -> {
                    // two rebalances close together
                    group.rebalance(random::nextInt);
                    world.step();
                    group.rebalance(random::nextInt);
                }
                case 7 -> freeze(some);
                case 8 -> thaw();
                case 9 -> kill(some);
                case 10 -> start(some);
                case 11 -> remote.away = !remote.away;
                case 12 -> world.pass(Duration.ofMillis(random.nextInt(3_000)));
                default -> close(some);
            }
        }

        private void notifyOne() {
            String image = IMAGES.get(random.nextInt(IMAGES.size()));
            int number = numbers++;
            notified.computeIfAbsent(image, i -> new ArrayList<>()).add(number);
            var event = new RegistryNotified(new ImageName(image), "r", List.of(), Integer.toString(number));
            group.append(image, Envelope.first(event, "simulation", world.now(), number));
        }

        /** Some of the frozen are expelled: their session is over. */
        private void freeze(@Nullable ModelService service) {
            if (service != null) {
                service.replica().freeze();
                if (random.nextBoolean()) {
                    group.expel(service.replica());
                }
            }
        }

        private void thaw() {
            services.forEach(service -> service.replica().thaw());
        }

        private void kill(@Nullable ModelService service) {
            if (service != null) {
                services.remove(service);
                service.replica().kill();
                group.expel(service.replica());
            }
        }

        private void start(@Nullable ModelService unused) {
            if (services.size() < 3) {
                start();
            }
        }

        private void close(@Nullable ModelService service) {
            if (service != null && !service.replica().isFrozen()) {
                services.remove(service);
                service.close();
            }
        }

        private void comeToRest() {
            thaw();
            remote.away = false;
            if (services.isEmpty()) {
                start();
            }
            world.pass(Duration.ofMinutes(2));
        }

        private Optional<String> verdict() {
            if (!remote.violations.isEmpty()) {
                return Optional.of(remote.violations.getFirst());
            }
            Map<String, List<Integer>> sorted = new TreeMap<>();
            remote.applied.forEach((image, applied) ->
                    sorted.put(image, applied.stream().sorted().toList()));
            if (!sorted.equals(notified)) {
                return Optional.of("notified " + notified + ", in the remote " + sorted);
            }
            for (ModelService service : services) {
                if (!service.runtime().isReady()) {
                    return Optional.of("not ready at rest: " + service.runtime().problem());
                }
            }
            for (int partition = 0; partition < ModelService.PARTITIONS; partition++) {
                if (group.committed(partition) != group.end(partition)) {
                    return Optional.of("committed " + group.committed(partition) + " of " + group.end(partition));
                }
            }
            return Optional.empty();
        }
    }
}
