package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.events.Committed;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of selections, rebalances, pauses, kills, edits and outages of remote and broker: at the end every
 * settled selection is in Git once, nothing older ever followed it, and the log knows every commit. A seed that fails is named and runs alone:
 * {@code -Dtidemark.simulation.seed=N}; {@code -Dtidemark.simulation.seeds=N} runs more of them.
 */
class CommitterSimulationTest {

    private static final List<String> BRANCHES = List.of("one", "two", "three");
    private static final int EVENTS = 30;

    /** v10 follows v9. */
    private static final String COUNTED = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImagePolicy
            metadata: {name: web, namespace: apps}
            spec:
              imageRepositoryRef: {name: web}
              filterTags: {pattern: "^v(?P<number>[0-9]+)$", extract: $number}
              policy: {numerical: {order: asc}}
            """;

    private static final Logger QUIET = Logger.getLogger("dev.tidemark");

    @BeforeAll
    static void quiet() {
        QUIET.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        QUIET.setLevel(null);
    }

    @Test
    void everySettledSelectionIsInGitOnceWhateverHappens() {
        Long one = Long.getLong("tidemark.simulation.seed");
        long first = one == null ? 0 : one;
        long last = one == null ? Long.getLong("tidemark.simulation.seeds", 300) : one + 1;
        // On a virtual thread, passing control to the work of a world and back is no switch of the operating system's.
        CompletableFuture.runAsync(
                        () -> {
                            for (long seed = first; seed < last; seed++) {
                                new Scenario(seed).run();
                            }
                        },
                        Thread.ofVirtual()::start)
                .join();
    }

    private static final class Scenario {
        private final long seed;
        private final Random random;
        private final Manifests manifests = Manifests.of(Manifests.REPOSITORY, COUNTED);
        private final Committers committers;
        private int replicas;
        private int selected;

        Scenario(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            BRANCHES.forEach(branch -> manifests.apply(Committers.automation(branch)));
            this.committers = new Committers(random.nextLong(), manifests);
            committers.remote.commit(Committers.MAIN, Map.of(FILE, file("web", "v0")));
        }

        void run() {
            try {
                start();
                start();
                for (int event = 0; event < EVENTS; event++) {
                    happen();
                    for (int steps = random.nextInt(15); steps > 0; steps--) {
                        committers.world.step();
                    }
                }
                comeToRest();
                verify();
            } finally {
                committers.world.end();
            }
        }

        private void start() {
            if (living().size() < 4) {
                committers.start("r" + replicas++);
            }
        }

        private void happen() {
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> select();
                case 3 -> committers.group.rebalance(random::nextInt);
                case 4 -> start();
                case 5 -> some(process -> !process.replica.isFrozen()).forEach(process -> process.replica.freeze());
                case 6 -> some(process -> process.replica.isFrozen()).forEach(process -> process.replica.thaw());
                case 7 ->
                    some(process -> process.replica.isFrozen())
                            .forEach(process -> committers.group.expel(process.replica));
                case 8 ->
                    some(process -> true).forEach(process -> {
                        process.replica.kill();
                        committers.group.expel(process.replica);
                        start();
                    });
                case 9 -> committers.world.pass(Duration.ofMillis(random.nextInt(3_000)));
                case 10 -> committers.remote.refusal = random.nextBoolean() ? "hook declined" : null;
                case 11 -> committers.log.away = random.nextInt(3) == 0;
                case 12 -> committers.statuses.away = random.nextInt(3) == 0;
                default -> edit();
            }
        }

        private void select() {
            selected++;
            committers.select("web", "v" + selected, selected);
        }

        private void edit() {
            String branch = BRANCHES.get(random.nextInt(BRANCHES.size()));
            if (random.nextBoolean()) {
                manifests.delete(new ResourceId("ImageUpdateAutomation", "apps", "auto-" + branch));
            } else {
                manifests.apply(Committers.automation(branch));
            }
        }

        private List<Committers.Member> living() {
            return committers.processes.stream()
                    .filter(process -> !process.replica.isKilled())
                    .toList();
        }

        private List<Committers.Member> some(Predicate<Committers.Member> which) {
            List<Committers.Member> found = living().stream().filter(which).toList();
            return found.isEmpty() ? List.of() : List.of(found.get(random.nextInt(found.size())));
        }

        private void comeToRest() {
            committers.log.away = false;
            committers.statuses.away = false;
            committers.remote.refusal = null;
            BRANCHES.forEach(branch -> manifests.apply(Committers.automation(branch)));
            living().forEach(process -> process.replica.thaw());
            committers.world.pass(Duration.ofMinutes(1));
            manifests.apply(Committers.automation("gone"));
            committers.world.pass(Duration.ofMinutes(1));
            manifests.delete(new ResourceId("ImageUpdateAutomation", "apps", "auto-gone"));
            select();
            committers.world.pass(Duration.ofMinutes(1));
        }

        private void verify() {
            String replay = "-Dtidemark.simulation.seed=" + seed;
            assertThat(living()).as(replay).allSatisfy(process -> assertThat(process.controller.problem())
                    .isEmpty());
            assertThat(committers.statuses.all()).as(replay).hasSize(BRANCHES.size());
            BRANCHES.forEach(branch -> assertThat(committers.statuses.condition("auto-" + branch, "Ready"))
                    .as(replay)
                    .extracting(Condition::message)
                    .isEqualTo("repository up-to-date"));
            List<String> recorded = committers.log.events(Committed.class).stream()
                    .map(Committed::commit)
                    .toList();
            for (String branch : BRANCHES) {
                String ref = "refs/heads/" + branch;
                assertThat(committers.remote.read(ref, FILE)).as(replay).isEqualTo(file("web", "v" + selected));
                List<Integer> written = new ArrayList<>(committers.remote.messages(ref).stream()
                        .filter(message -> message.startsWith("v"))
                        .map(message -> Integer.valueOf(message.strip().substring(1)))
                        .toList()
                        .reversed());
                assertThat(written).as(replay + ": never backwards").isSorted();
                assertThat(new HashSet<>(written)).as(replay + ": once").hasSameSizeAs(written);
                assertThat(recorded)
                        .as(replay + ": commits that the log knows")
                        .containsAll(committers.remote.ours(ref));
            }
        }
    }
}
