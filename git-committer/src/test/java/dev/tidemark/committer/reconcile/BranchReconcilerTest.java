package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.committer.domain.MemoryStatuses;
import dev.tidemark.events.Change;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.Written;
import dev.tidemark.flux.Condition;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BranchReconcilerTest {

    private static final String MAIN = "refs/heads/main";

    private final MemoryRemote remote = new MemoryRemote();
    private final MemoryLog log = new MemoryLog();
    private final Manifests manifests =
            Manifests.of(Manifests.REPOSITORY, Manifests.AUTOMATION, Manifests.policy("web"), Manifests.policy("db"));
    private final MemoryStatuses statuses = new MemoryStatuses();
    private final AtomicReference<String> owner = new AtomicReference<>("a");

    @BeforeEach
    void begin() {
        remote.commit(MAIN, Map.of(FILE, file("web", "1.0", "db", "v1")));
    }

    private Replica replica(String name) {
        return new Replica(name, remote, log, manifests, statuses, owner);
    }

    @Test
    void writesASelectionAndTellsTheLogInTheChainOfItsCause() throws Exception {
        log.select("web", "1.1", 7);

        replica("a").ask();

        assertThat(remote.read(REF, FILE)).isEqualTo(file("web", "\"1.1\"", "db", "v1"));
        assertThat(log.events(Committed.class)).singleElement().satisfies(committed -> {
            assertThat(committed.automation()).isEqualTo("apps/auto");
            assertThat(committed.message()).isEqualTo("1.1 ");
            assertThat(committed.images()).containsExactly("ghcr.io/acme/web:1.1");
            assertThat(committed.changes()).containsExactly(new Change(FILE, "1.0", "1.1", "apps:web:tag"));
        });
        assertThat(log.published)
                .allSatisfy(event -> assertThat(event.correlationid()).isEqualTo("push-7"));
        assertThat(log.events(BranchState.class).getLast().written())
                .containsEntry(MemoryLog.target("web").text(), new Written("ghcr.io/acme/web:1.1", 7));
    }

    @Test
    void pushesAFreshSelectionWithoutLookingAtTheRemoteFirst() throws Exception {
        log.select("web", "1.1", 1);
        Replica replica = replica("a");
        replica.ask();
        int fetches = remote.fetches;
        log.select("web", "1.2", 2);

        replica.react();

        assertThat(remote.read(REF, FILE)).contains("\"1.2\"");
        assertThat(remote.fetches).isEqualTo(fetches);
    }

    @Test
    void whatIsGivenUpInTheMiddleOfAFetchHasNotFailed() {
        log.select("web", "1.1", 1);
        remote.fetched = Thread.currentThread()::interrupt;

        assertThatThrownBy(() -> replica("a").ask()).isInstanceOf(InterruptedException.class);

        assertThat(remote.pushes).isZero();
        assertThat(statuses.told).isEmpty();
    }

    @Test
    void tellsOfAPushAsFluxDoes() throws Exception {
        log.select("web", "1.1", 1);
        Replica replica = replica("a");

        replica.ask();
        replica.ask();

        assertThat(statuses.told)
                .containsExactly("ImageUpdateAutomation/apps/auto Succeeded: pushed commit '"
                        + Objects.requireNonNull(remote.refs.get(REF)).substring(0, 7)
                        + "' to branch 'staging'\n1.1 ");
    }

    @Test
    void makesNoCommitWhenTheTreeAlreadyIsAsWanted() throws Exception {
        log.select("web", "1.0", 1);

        replica("a").ask();

        assertThat(remote.refs).doesNotContainKey(REF);
        assertThat(log.events(Committed.class)).isEmpty();
    }

    @Test
    void appliesAgainOnTopOfSomebodyElsesCommit() throws Exception {
        log.select("web", "1.1", 1);
        Replica replica = replica("a");
        replica.ask();
        remote.commit(REF, Map.of(FILE, file("web", "\"1.1\"", "db", "v1"), "theirs.yaml", "a: b\n"));
        log.select("web", "1.2", 2);

        replica.react();

        assertThat(remote.read(REF, FILE)).contains("\"1.2\"");
        assertThat(remote.read(REF, "theirs.yaml")).isEqualTo("a: b\n");
        assertThat(remote.messages(REF)).containsExactly("1.2 ", "somebody", "1.1 ", "somebody");
    }

    /** The table is not current: its reader failed, and what it shows may be old. */
    @Test
    void nothingIsWrittenWhileTheTableOfSelectionsIsNotCurrent() throws Exception {
        Replica replica = replica("a");
        replica.ask();
        replica.table.stuck = true;
        log.select("web", "1.1", 1);

        replica.react();

        assertThat(remote.pushes).isZero();
        assertThat(log.events(Event.UpdateFailed.class)).isEmpty();
        replica.table.stuck = false;
        replica.react();
        assertThat(remote.read(REF, FILE)).contains("\"1.1\"");
    }

    /** The selection is in the log before its policy is among the resources. */
    @Test
    void aSelectionBeforeItsResourceIsWrittenWhenTheResourceComes() throws Exception {
        Manifests late = Manifests.of(Manifests.REPOSITORY, Manifests.AUTOMATION);
        Replica replica = new Replica("a", remote, log, late, statuses, owner);
        log.select("web", "1.1", 1);
        replica.ask();
        assertThat(remote.pushes).isZero();

        late.apply(Manifests.policy("web"));
        replica.ask();

        assertThat(remote.read(REF, FILE)).contains("\"1.1\"");
    }

    @Test
    void aCommitterPausedBetweenEditAndProofWhileAnotherTakesItsBranchWritesNothing() throws Exception {
        log.select("web", "1.1", 1);
        Replica second = replica("b");
        Replica first = new Replica("a", remote, log, manifests, statuses, owner, () -> {
            if (owner.compareAndSet("a", "b")) {
                log.select("web", "1.2", 2);
                ask(second);
            }
        });

        first.ask();

        assertThat(remote.read(REF, FILE)).contains("\"1.2\"");
        assertThat(remote.messages(REF)).containsExactly("1.2 ", "somebody");
        assertThat(log.events(Committed.class)).hasSize(1);
    }

    @Test
    void aCommitterPausedBetweenProofAndPushWhileAnotherTakesItsBranchWritesNothing() throws Exception {
        log.select("web", "1.1", 1);
        Replica second = replica("b");
        Replica first = replica("a");
        first.clone.beforePush = () -> {
            if (owner.compareAndSet("a", "b")) {
                log.select("web", "1.2", 2);
                ask(second);
            }
        };

        first.ask();

        assertThat(remote.read(REF, FILE)).contains("\"1.2\"");
        assertThat(remote.messages(REF)).containsExactly("1.2 ", "somebody");
        assertThat(log.events(Committed.class)).hasSize(1);
    }

    @Test
    void anOlderSelectionNeverReplacesANewerOne() throws Exception {
        log.select("web", "1.2", 2);
        Replica replica = replica("a");
        replica.ask();
        log.select("web", "1.1", 1);

        replica.ask();

        assertThat(remote.read(REF, FILE)).contains("\"1.2\"");
        Replica restarted = replica("a");
        restarted.ask();
        assertThat(remote.read(REF, FILE)).contains("\"1.2\"");
        assertThat(remote.pushes).isEqualTo(1);
    }

    @Test
    void tellsACommitThatTheBrokerDidNotTakeAtFirst() throws Exception {
        log.select("web", "1.1", 1);
        Replica replica = replica("a");
        log.away = true;
        assertThat(replica.ask()).isEqualTo(MemoryLog.START.plusMillis(750));
        assertThat(ready().status()).isEqualTo("False");
        assertThat(ready().message()).isEqualTo("an unexpected fault: the broker is away");

        log.away = false;
        replica.ask();

        assertThat(log.events(Committed.class)).hasSize(1);
        assertThat(remote.pushes).isEqualTo(1);
    }

    @Test
    void backsOffAndSaysWhyWhenThePushIsRefused() throws Exception {
        log.select("web", "1.1", 1);
        remote.refusal = "command error on refs/heads/staging: hook declined";
        Replica replica = replica("a");

        assertThat(replica.ask()).isEqualTo(MemoryLog.START.plusMillis(750));
        assertThat(replica.ask()).isEqualTo(MemoryLog.START.plusMillis(1500));

        assertThat(log.events(Event.UpdateFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.reason()).isEqualTo("GitOperationFailed");
            assertThat(failed.message())
                    .isEqualTo("failed to update source: failed to push to remote: "
                            + "command error on refs/heads/staging: hook declined");
        });
        assertThat(ready().reason()).isEqualTo("GitOperationFailed");
        assertThat(condition("Reconciling").message()).endsWith("; next try at " + MemoryLog.START.plusSeconds(1));
        remote.refusal = null;
        assertThat(replica.ask()).isEqualTo(MemoryLog.START.plus(Duration.ofMinutes(5)));
        assertThat(ready().message()).isEqualTo("repository up-to-date");
    }

    @Test
    void aDamagedCloneIsFetchedAnewInTheSameRun() throws Exception {
        Replica replica = replica("a");
        replica.ask();
        log.select("web", "1.1", 1);
        replica.clone.damaged = true;

        replica.react();

        assertThat(remote.read(REF, FILE)).isEqualTo(file("web", "\"1.1\"", "db", "v1"));
        assertThat(log.events(Event.UpdateFailed.class)).isEmpty();
    }

    @Test
    void saysThatNoMarkerNamesThePolicyAlthoughTheRepositoryIsUpToDate() throws Exception {
        remote.commit(MAIN, Map.of(FILE, "image: ghcr.io/acme/web:1.0 # {\"$imagepolicy\": \"other:web\"}\n"));
        log.select("web", "1.1", 1);

        replica("a").ask();

        assertThat(ready().message()).isEqualTo("repository up-to-date");
        Condition markers = condition("MarkersFound");
        assertThat(markers.status()).isEqualTo("False");
        assertThat(markers.message())
                .contains(
                        "add # {\"$imagepolicy\": \"apps:web\"}",
                        "app.yaml:1",
                        "only policies of the automation's own");
    }

    /** Whatever it is that nobody foresaw: condition, event, back-off, and a run that goes on when it is over. */
    @ParameterizedTest
    @MethodSource
    void aFaultThatNobodyForesawIsAnOutcome(Throwable fault, String message) throws Exception {
        log.select("web", "1.1", 1);
        Replica replica = replica("a");
        replica.clone.fault = fault;

        assertThat(replica.ask()).isEqualTo(MemoryLog.START.plusMillis(750));
        assertThat(replica.ask()).isEqualTo(MemoryLog.START.plusMillis(1500));

        assertThat(ready().status()).isEqualTo("False");
        assertThat(ready().message()).isEqualTo(message);
        assertThat(log.events(Event.UpdateFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.message()).isEqualTo(message));
        replica.clone.fault = null;
        replica.ask();
        assertThat(remote.read(REF, FILE)).contains("\"1.1\"");
        assertThat(ready().message()).isEqualTo("repository up-to-date");
    }

    static Stream<Arguments> aFaultThatNobodyForesawIsAnOutcome() {
        return Stream.of(
                Arguments.of(new IndexOutOfBoundsException("Range [1, 0)"), "an unexpected fault: Range [1, 0)"),
                Arguments.of(
                        new NullPointerException("Cannot invoke \"java.lang.String.length()\""),
                        "an unexpected fault: see the log of git-committer, and please report it"),
                Arguments.of(new StackOverflowError(), "an unexpected fault: something is nested too deeply"),
                Arguments.of(new NoClassDefFoundError("x"), "an unexpected fault: x"),
                Arguments.of(
                        new IllegalStateException("https://me:hunter22@git.example/x is away"),
                        "an unexpected fault: https://***@git.example/x is away"));
    }

    @Test
    void aFaultOfOneAutomationLeavesTheOthersOfItsBranch() throws Exception {
        manifests.apply(Manifests.AUTOMATION
                .replace("name: auto", "name: broken")
                .replace("{{range .Changed.Changes}}{{.NewValue}} {{end}}", "{{fail \\\"no\\\"}}"));
        log.select("web", "1.1", 1);

        replica("a").ask();

        assertThat(remote.read(REF, FILE)).contains("\"1.1\"");
        assertThat(ready().message()).isEqualTo("repository up-to-date");
    }

    @Test
    void markersFoundMovesItsTimeWithItsMessageAndSurvivesAFailure() throws Exception {
        log.select("web", "1.1", 1);
        log.select("db", "v1", 1);
        Replica replica = replica("a");
        replica.ask();
        Condition before = condition("MarkersFound");

        remote.commit(
                REF,
                Map.of(
                        FILE,
                        remote.read(REF, FILE),
                        "broken.yaml",
                        "a: [1\nb: 1 # {\"$imagepolicy\": \"apps:web:tag\"}\n"));
        Replica later =
                new Replica("a", remote, log, manifests, statuses, owner, () -> {}, MemoryLog.START.plusSeconds(60));
        later.ask();

        Condition after = condition("MarkersFound");
        assertThat(before.reason()).isEqualTo("MarkersFound");
        assertThat(before.message()).startsWith("2 markers found ");
        assertThat(after.reason()).isEqualTo("SomeLeftOut");
        assertThat(after.message()).contains("broken.yaml");
        assertThat(before.lastTransitionTime()).isEqualTo(MemoryLog.START);
        assertThat(after.lastTransitionTime()).isEqualTo(MemoryLog.START.plusSeconds(60));

        later.clone.fault = new IllegalStateException("away");
        later.ask();
        assertThat(condition("MarkersFound")).isEqualTo(after);
    }

    private static void ask(Replica replica) {
        try {
            replica.ask();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Condition ready() {
        return condition("Ready");
    }

    private Condition condition(String type) {
        return statuses.condition("auto", type);
    }
}
