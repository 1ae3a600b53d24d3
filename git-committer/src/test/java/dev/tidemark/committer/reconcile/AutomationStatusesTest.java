package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status of automations: written by one replica, waited for by nobody, gone with its automation. */
class AutomationStatusesTest {

    private static final String PLANNED = Committers.automation("one");
    private static final String UNPLANNABLE = Committers.automation("two").replace("name: fleet", "name: nowhere");
    private static final String SUSPENDED = Committers.automation("three");

    private final Manifests manifests = Manifests.of(Manifests.REPOSITORY, Manifests.policy("web"));
    private Committers committers = new Committers(5, manifests);

    @BeforeEach
    void begin() {
        committers.remote.commit(Committers.MAIN, Map.of(FILE, file("web", "v0")));
    }

    @AfterEach
    void end() {
        committers.world.end();
    }

    private static ResourceId id(String name) {
        return new ResourceId("ImageUpdateAutomation", "apps", name);
    }

    private void declareAll() {
        manifests.apply(PLANNED);
        manifests.apply(UNPLANNABLE);
        manifests.apply(SUSPENDED);
    }

    private void suspend() {
        manifests.apply(SUSPENDED + "  suspend: true\n");
        committers.world.settle();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void goesWithItsAutomationHoweverThatWasPlannedAndIsRemovedByOneReplica(long seed) {
        committers = new Committers(seed, manifests);
        begin();
        declareAll();
        committers.start("a");
        committers.start("b");
        committers.world.pass(Duration.ofSeconds(30));
        suspend();
        assertThat(committers.statuses.all())
                .containsExactlyInAnyOrder(id("auto-one"), id("auto-two"), id("auto-three"));

        List.of("auto-one", "auto-two", "auto-three").forEach(name -> manifests.delete(id(name)));
        committers.world.pass(Duration.ofSeconds(30));

        assertThat(committers.statuses.all()).isEmpty();
        assertThat(committers.statuses.removals)
                .extracting(removal -> removal.substring(removal.indexOf(' ') + 1))
                .containsExactlyInAnyOrder(
                        id("auto-one").toString(),
                        id("auto-two").toString(),
                        id("auto-three").toString());
    }

    @Test
    void goesAfterAStartWhenItsAutomationWasDeletedMeanwhile() {
        declareAll();
        Committers.Member before = committers.start("a");
        committers.world.pass(Duration.ofSeconds(30));
        suspend();
        before.replica.kill();
        committers.group.expel(before.replica);
        List.of("auto-one", "auto-two", "auto-three").forEach(name -> manifests.delete(id(name)));
        manifests.apply(Committers.automation("four"));

        committers.start("b");
        committers.start("c");
        committers.world.pass(Duration.ofSeconds(30));

        assertThat(committers.statuses.all()).containsExactly(id("auto-four"));
        assertThat(committers.statuses.removals).hasSize(3);
    }

    /** A source that cannot be read says nothing about what is deleted. */
    @Test
    void staysWhileTheSourceIsAway() {
        manifests.apply(PLANNED);
        Committers.Member before = committers.start("a");
        committers.world.pass(Duration.ofSeconds(30));
        before.replica.kill();
        committers.group.expel(before.replica);
        manifests.delete(id("auto-one"));
        manifests.away = true;

        Committers.Member after = committers.start("b");
        committers.world.pass(Duration.ofSeconds(30));
        assertThat(committers.statuses.all()).containsExactly(id("auto-one"));
        assertThat(after.controller.problem()).contains("the resources are being read");
        manifests.isBack();
        committers.world.pass(Duration.ofSeconds(30));

        assertThat(committers.statuses.all()).isEmpty();
        assertThat(after.controller.problem()).isEmpty();
    }

    @Test
    void ofAnAutomationThatIsDeclaredAgainIsTheNewOnes() {
        manifests.apply(PLANNED);
        committers.start("a");
        committers.world.settle();

        manifests.delete(id("auto-one"));
        manifests.apply(PLANNED);
        committers.world.settle();
        manifests.delete(id("auto-one"));
        committers.world.step();
        manifests.apply(PLANNED);
        committers.world.settle();

        assertThat(committers.statuses.condition("auto-one", "Ready").status()).isEqualTo("True");
    }

    @Test
    void whatWaitsToBeWrittenIsNotOnceTheAutomationIsGone() {
        committers.statuses.away = true;
        manifests.apply(PLANNED);
        committers.start("a");
        committers.start("b");
        committers.world.pass(Duration.ofSeconds(10));
        manifests.delete(id("auto-one"));
        committers.world.pass(Duration.ofSeconds(10));

        committers.statuses.away = false;
        committers.world.pass(Duration.ofMinutes(5));

        assertThat(committers.statuses.all()).isEmpty();
        assertThat(committers.statuses.writes).isEmpty();
    }

    /** A store that does not answer: commits are pushed and told, and readiness does not depend on it. */
    @Test
    void nobodyWaitsForIt() {
        manifests.apply(Manifests.AUTOMATION);
        Committers.Member process = committers.start("a");
        committers.world.settle();
        committers.statuses.network = () -> {
            try {
                var unused = process.replica.await(new CompletableFuture<>(), Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };

        for (int n = 1; n <= 3; n++) {
            committers.select("web", "v" + n, n);
            committers.world.settle();
        }

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v3"));
        assertThat(committers.log.events(Committed.class)).hasSize(3);
        assertThat(process.controller.problem()).isEmpty();
        committers.statuses.network = () -> {};
        committers.world.pass(Duration.ofHours(2));
        assertThat(committers.statuses.find("auto").orElseThrow().lastPushCommit())
                .isEqualTo(committers.remote.refs.get(REF));
        assertThat(committers.statuses.told.stream().filter(told -> told.contains("pushed commit")))
                .hasSize(3);
    }

    /** Whoever owns the branch; where there is none, whoever owns the partition of the automation's name. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isWrittenByItsOwnerAlone(long seed) {
        committers = new Committers(seed, manifests);
        begin();
        List<String> branches = IntStream.range(0, 12).mapToObj(i -> "b" + i).toList();
        branches.forEach(branch -> {
            manifests.apply(Committers.automation(branch));
            manifests.apply(Committers.automation("un" + branch).replace("name: fleet", "name: nowhere"));
        });
        committers.start("a");
        committers.start("b");
        committers.world.pass(Duration.ofSeconds(30));
        committers.statuses.writes.clear();

        committers.select("web", "v1", 1);
        branches.forEach(branch ->
                manifests.apply(Committers.automation("un" + branch).replace("name: fleet", "name: " + branch)));
        committers.world.pass(Duration.ofSeconds(30));

        assertThat(committers.statuses.writes).hasSizeGreaterThanOrEqualTo(24).allSatisfy(write -> {
            String name = write.substring(write.lastIndexOf('/') + 1);
            int partition = name.startsWith("auto-un")
                    ? partition(id(name).toString())
                    : Committers.partition(name.substring("auto-".length()));
            assertThat(committers.group.isOwner(process(write.substring(0, 1)).replica, partition))
                    .as(write)
                    .isTrue();
        });
    }

    private static int partition(String key) {
        return Partitioning.partition(Topic.BRANCH_STATE, key, Committers.PARTITIONS);
    }

    private Committers.Member process(String name) {
        return committers.processes.get(name.charAt(0) - 'a');
    }

    /** Two owners one after the other, while the store is away: the first one's word must not come last. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatWasSaidBeforeItCouldBePlannedDoesNotFollowWhatItsBranchSays(long seed) {
        committers = new Committers(seed, manifests);
        begin();
        String branch = IntStream.range(0, 100)
                .mapToObj(i -> "b" + i)
                .filter(b ->
                        Committers.partition(b) % 2 != partition(id("auto-" + b).toString()) % 2)
                .findFirst()
                .orElseThrow();
        manifests.delete(new ResourceId("GitRepository", "apps", "fleet"));
        manifests.apply(Committers.automation(branch));
        committers.statuses.away = true;
        committers.start("a");
        committers.start("b");
        committers.world.pass(Duration.ofSeconds(30));
        manifests.apply(Manifests.REPOSITORY);
        committers.world.pass(Duration.ofSeconds(30));

        committers.statuses.away = false;
        committers.world.pass(Duration.ofMinutes(2));

        assertThat(committers.statuses.condition("auto-" + branch, "Ready").status())
                .isEqualTo("True");
    }
}
