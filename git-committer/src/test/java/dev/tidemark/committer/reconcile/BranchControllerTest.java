package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.Written;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BranchControllerTest {

    private static final ResourceId AUTOMATION = new ResourceId("ImageUpdateAutomation", "apps", "auto");

    private final Manifests manifests = Manifests.of(Manifests.AUTOMATION, Manifests.policy("web"));
    private final Committers committers = new Committers(7, manifests);

    @BeforeEach
    void begin() {
        committers.remote.commit(Committers.MAIN, Map.of(FILE, file("web", "v0")));
    }

    @AfterEach
    void end() {
        committers.world.end();
    }

    private Committers.Member started() {
        Committers.Member process = committers.start("a");
        committers.world.settle();
        return process;
    }

    private <E extends Event> List<E> events(Class<E> type) {
        return committers.log.events(type);
    }

    @Test
    void opensABranchWhenTheRepositoryComesAndSaysOnceWhyThereIsNone() {
        started();
        manifests.apply(Manifests.policy("db"));
        committers.world.settle();
        assertThat(committers.remote.fetches).isZero();
        assertThat(events(Event.UpdateFailed.class)).hasSize(1);

        manifests.apply(Manifests.REPOSITORY);
        committers.world.settle();

        assertThat(committers.remote.fetches)
                .as("the first run asks the remote")
                .isEqualTo(1);
    }

    @Test
    void saysAgainWhyAnAutomationCannotBePlannedWhenItWasFineMeanwhile() {
        manifests.apply(Manifests.REPOSITORY);
        started();
        manifests.delete(new ResourceId("GitRepository", "apps", "fleet"));
        committers.world.settle();
        manifests.apply(Manifests.REPOSITORY);
        committers.world.settle();
        manifests.delete(new ResourceId("GitRepository", "apps", "fleet"));
        committers.world.settle();

        assertThat(events(Event.UpdateFailed.class)).hasSize(2);
    }

    /** The broker is away when it is to be said. */
    @Test
    void whatCouldNotBeReportedIsReportedLater() {
        committers.log.away = true;
        started();
        assertThat(committers.statuses.all()).as("the status needs no broker").contains(AUTOMATION);
        committers.log.away = false;

        committers.world.pass(Duration.ofSeconds(2));

        assertThat(events(Event.UpdateFailed.class)).hasSize(1);
    }

    @Test
    void reactsToASelectionOfItsNamespaceWithoutAskingTheRemoteFirst() {
        manifests.apply(Manifests.REPOSITORY);
        started();
        int fetches = committers.remote.fetches;

        committers.select("web", "v1", 1);
        committers.world.settle();

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v1"));
        assertThat(committers.remote.fetches).isEqualTo(fetches);
    }

    /** DESIGN section 8: no step asks the broker anything, but the fence's commit. */
    @Test
    void anUpdateAsksTheBrokerForOneProofAndNothingElse() {
        manifests.apply(Manifests.REPOSITORY);
        Committers.Member process = started();
        committers.select("web", "v1", 1);
        committers.world.pass(Duration.ofSeconds(30));
        int[] commits = {0};
        committers.group.spoilCommits(offsets -> {
            commits[0]++;
            return offsets;
        });
        int catchUps = process.catchUps;

        committers.select("web", "v2", 2);
        committers.world.settle();

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v2"));
        assertThat(commits[0]).isEqualTo(1);
        assertThat(process.catchUps).isEqualTo(catchUps);
    }

    /** First update at once; what arrives during a push goes into the next one. */
    @Test
    void selectionsThatArriveDuringAPushAreOneMorePush() {
        manifests.apply(Manifests.REPOSITORY);
        manifests.apply(Manifests.policy("db"));
        committers.remote.commit(Committers.MAIN, Map.of(FILE, file("web", "v0", "db", "v0")));
        Committers.Member process = started();
        boolean[] once = {false};
        process.clones.getFirst().beforePush = () -> {
            if (!once[0]) {
                once[0] = true;
                committers.select("web", "v2", 2);
                committers.select("db", "v3", 3);
                for (int i = 0; i < 20; i++) {
                    committers.world.pause();
                }
            }
        };

        committers.select("web", "v1", 1);
        committers.world.settle();

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v2", "db", "v3"));
        assertThat(committers.remote.pushes).isEqualTo(2);
    }

    /** In a namespace with both models, and with many automations, most selections are for others. */
    @Test
    void aSelectionThatNoAutomationReadsIsNoRun() {
        manifests.apply(Manifests.REPOSITORY);
        manifests.apply(Manifests.policy("other").replace("namespace: apps", "namespace: apps, labels: {team: x}"));
        manifests.apply(Manifests.AUTOMATION.replace(
                "spec:", "spec:\n  policySelector: {matchExpressions: [{key: team, operator: DoesNotExist}]}"));
        Committers.Member process = started();
        committers.select("web", "v1", 1);
        committers.select("other", "v1", 1);
        committers.world.settle();
        List<String> writes = List.copyOf(committers.statuses.writes);

        process.controller.selected(Set.of(
                "garbage",
                "a/b/c/d/e",
                "",
                "local/ImagePolicy/elsewhere/web",
                "local/ImagePolicy/apps/none",
                "local/ImagePolicy/apps/other",
                "local/ResourceSetInputProvider/apps/web",
                "remote/ImagePolicy/apps/web"));
        committers.world.settle();
        assertThat(committers.statuses.writes).isEqualTo(writes);

        process.controller.selected(Set.of("local/ImagePolicy/apps/web"));
        committers.world.settle();
        assertThat(committers.statuses.writes).hasSize(writes.size() + 1);
    }

    @Test
    void asksTheRemoteAgainWhenTheAutomationChanges() {
        manifests.apply(Manifests.REPOSITORY);
        started();
        int fetches = committers.remote.fetches;

        manifests.apply(Manifests.AUTOMATION.replace(
                "{name: auto, namespace: apps}",
                "{name: auto, namespace: apps, annotations: {reconcile.fluxcd.io/requestedAt: now}}"));
        committers.world.settle();

        assertThat(committers.remote.fetches).isEqualTo(fetches + 1);
    }

    /** What it has not read it reads at the next start; a push that is under way is waited for. */
    @Test
    void anEndDoesNotWaitForARemoteThatDoesNotAnswer() {
        manifests.apply(Manifests.REPOSITORY);
        Committers.Member process = committers.start("a");
        committers.remote.fetched = () -> {
            try {
                var unused = process.replica.await(new CompletableFuture<>(), Duration.ofMinutes(1));
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
            }
        };
        committers.remote.network = () -> {};
        committers.world.pass(Duration.ofSeconds(1));
        Instant asked = process.replica.now();

        process.controller.close();

        assertThat(process.replica.now()).isEqualTo(asked);
        assertThat(committers.statuses.told).isEmpty();
        assertThat(events(Event.UpdateFailed.class)).isEmpty();
    }

    @Test
    void closesTheBranchOfAnAutomationThatIsGoneAndOpensItAnewOnReturn() {
        manifests.apply(Manifests.REPOSITORY);
        Committers.Member process = started();
        manifests.delete(AUTOMATION);
        committers.world.settle();

        committers.select("web", "v1", 1);
        committers.world.pass(Duration.ofMinutes(30));
        assertThat(committers.remote.pushes).isZero();
        manifests.apply(Manifests.AUTOMATION);
        committers.world.settle();

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v1"));
        assertThat(process.clones).hasSize(2);
    }

    /** The broker does not take the event, and then nobody writes the branch any more. */
    @Test
    void whatWasPushedIsSaidAlsoWhenItsAutomationIsGone() {
        manifests.apply(Manifests.REPOSITORY);
        Committers.Member process = started();
        committers.log.away = true;
        committers.select("web", "v1", 1);
        committers.world.settle();
        assertThat(committers.remote.pushes).isEqualTo(1);
        manifests.delete(AUTOMATION);
        committers.world.settle();

        committers.log.away = false;
        committers.world.pass(Duration.ofMinutes(1));

        assertThat(events(Committed.class)).hasSize(1);
        assertThat(process.runtime().shards().stream()
                        .filter(shard -> shard.find(Replica.BRANCH).isPresent()))
                .isEmpty();
    }

    /** A writer was killed before it could say what it pushed; while the next one finds it, the automation goes. */
    @Test
    void aCommitThatIsFoundIsRecordedAlsoWhenItsAutomationGoesMeanwhile() {
        manifests.apply(Manifests.REPOSITORY);
        Committers.Member first = started();
        committers.select("web", "v1", 1);
        committers.world.settle();
        committers.log.away = true;
        committers.select("web", "v2", 2);
        committers.world.settle();
        first.replica.kill();
        committers.group.expel(first.replica);
        committers.log.away = false;
        committers.remote.fetched = () -> {
            manifests.delete(AUTOMATION);
            for (int i = 0; i < 50; i++) {
                committers.world.pause();
            }
        };

        committers.start("b");
        committers.world.pass(Duration.ofMinutes(1));

        assertThat(events(Committed.class)).extracting(Committed::commit).containsAll(committers.remote.ours(REF));
    }

    @Test
    void aPolicyIsWrittenWhenItGetsTheLabelsThatAreSelected() {
        manifests.apply(Manifests.REPOSITORY);
        manifests.apply(Manifests.AUTOMATION + "  policySelector: {matchLabels: {team: shop}}\n");
        committers.select("web", "v1", 1);
        started();
        assertThat(committers.remote.pushes).isZero();
        int fetches = committers.remote.fetches;

        manifests.apply(Manifests.policy("web")
                .replace("{name: web, namespace: apps}", "{name: web, namespace: apps, labels: {team: other}}"));
        committers.world.settle();
        assertThat(committers.remote.fetches).isEqualTo(fetches);
        manifests.apply(Manifests.policy("web")
                .replace("{name: web, namespace: apps}", "{name: web, namespace: apps, labels: {team: shop}}"));
        committers.world.settle();

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v1"));
    }

    @Test
    void isReadyWhenEveryBranchWasLookedAtOnce() {
        manifests.apply(Manifests.REPOSITORY);
        Committers.Member process = committers.start("a");
        assertThat(process.controller.problem()).isPresent();
        boolean[] seen = {false};
        while (committers.world.step()) {
            if (process.controller.isReady()) {
                seen[0] = true;
                assertThat(committers.remote.fetches).as("before it was ready").isEqualTo(1);
            }
        }

        assertThat(seen[0]).isTrue();
        process.tableProblem = "tag-selected: retrying";
        assertThat(process.controller.problem()).contains("tag-selected: retrying");
    }

    /** A table whose reader failed shows what was selected once. */
    @Test
    void writesNothingWhileItsTableIsNotCurrent() {
        manifests.apply(Manifests.REPOSITORY);
        Committers.Member process = started();
        process.tableProblem = "tag-selected: retrying";
        committers.select("web", "v1", 1);
        committers.world.pass(Duration.ofSeconds(5));
        assertThat(committers.remote.pushes).isZero();

        process.tableProblem = null;
        committers.world.pass(Duration.ofSeconds(5));

        assertThat(committers.remote.read(REF, FILE)).isEqualTo(file("web", "v1"));
    }

    /** A writer that was paused wakes and writes down what it knew: the owner asks the remote, and writes its own behind it. */
    @Test
    void aStateThatSomebodyElseWroteIsWrittenOver() {
        manifests.apply(Manifests.REPOSITORY);
        started();
        committers.select("web", "v2", 2);
        committers.world.settle();
        int fetches = committers.remote.fetches;
        String db = "local/ImagePolicy/apps/db";
        BranchState theirs =
                new BranchState(Replica.BRANCH, "f".repeat(40), Map.of(db, new Written("db:v9", 9)), null, null, null);

        committers.append(Replica.BRANCH.text(), Envelope.first(theirs, "git-committer", committers.world.now()));
        committers.world.settle();

        assertThat(committers.remote.fetches).isEqualTo(fetches + 1);
        assertThat(events(BranchState.class).getLast().written())
                .containsEntry("local/ImagePolicy/apps/web", new Written("ghcr.io/acme/web:v2", 2))
                .containsEntry(db, new Written("db:v9", 9));
    }

    /** Its own records come back: no reason to ask anybody anything. */
    @Test
    void itsOwnStatesAreRecognised() {
        manifests.apply(Manifests.REPOSITORY);
        started();
        int fetches = committers.remote.fetches;

        for (int n = 1; n <= 30; n++) {
            committers.select("web", "v" + n, n);
            committers.world.settle();
        }

        assertThat(committers.remote.fetches).isEqualTo(fetches);
        assertThat(committers.remote.pushes).isEqualTo(30);
    }

    @Test
    void branchesOfOtherPartitionsAreNotOpened() {
        manifests.apply(Manifests.REPOSITORY);
        Committers.Member a = committers.start("a");
        Committers.Member b = committers.start("b");
        committers.world.pass(Duration.ofSeconds(20));

        assertThat(a.runtime().shard(Committers.partition("staging")).isPresent())
                .isNotEqualTo(b.runtime().shard(Committers.partition("staging")).isPresent());
        Branch branch = Replica.BRANCH;
        assertThat(List.of(a, b).stream()
                        .flatMap(process -> process.runtime().shards().stream())
                        .filter(shard -> shard.find(branch).isPresent()))
                .hasSize(1);
    }
}
