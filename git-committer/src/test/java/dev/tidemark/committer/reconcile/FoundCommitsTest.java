package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.committer.domain.MemoryStatuses;
import dev.tidemark.events.CommitSize;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.Written;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every pushed commit gets into the log, whoever says it. */
class FoundCommitsTest {

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

    /** Two GitRepositories on one remote and branch: the second has to try again, the first has pushed. */
    @Test
    void whatOneRepositoryPushedIsRecordedWhenAnotherOfTheBranchTriesAgain() throws Exception {
        remote.commit(MAIN, Map.of("one/a.yaml", file("web", "1.0"), "two/b.yaml", file("web", "1.0")));
        manifests.apply(Manifests.AUTOMATION + "  update: {path: ./one, strategy: Setters}\n");
        manifests.apply(
                Manifests.REPOSITORY.replace("name: fleet", "name: other").replace("fleet.git", "fleet"));
        manifests.apply(
                Manifests.AUTOMATION.replace("name: auto", "name: second").replace("name: fleet", "name: other")
                        + "  update: {path: ./two, strategy: Setters}\n");
        log.select("web", "1.1", 1);
        Replica replica = replica("a");
        int[] pushes = {0};
        replica.clone.beforePush = () -> {
            if (++pushes[0] == 2) {
                remote.commit(REF, Map.of("one/a.yaml", file("web", "\"1.1\""), "two/b.yaml", file("web", "1.0")));
            }
        };

        replica.ask();

        assertThat(log.events(Committed.class))
                .extracting(Committed::automation)
                .containsExactly("apps/auto", "apps/second");
        assertThat(remote.read(REF, "two/b.yaml")).isEqualTo(file("web", "\"1.1\""));
    }

    /** Writes 1.1, and then 1.2, of which the log hears nothing. */
    private void pushUnsaid() throws Exception {
        log.select("web", "1.1", 1);
        replica("a").ask();
        log.select("web", "1.2", 2);
        log.away = true;
        replica("a").ask();
        log.away = false;
    }

    /** kill -9 between the push and its event: the next owner finds the commit, and knows what it was made from. */
    @Test
    void aCommitThatWasNeverSaidIsRecordedByTheNextOwner() throws Exception {
        pushUnsaid();
        int said = log.events(Committed.class).size();
        log.select("web", "1.1", 1);

        replica("a").ask();

        assertThat(log.events(Committed.class)).hasSize(said + 1);
        Committed found = log.events(Committed.class).getLast();
        assertThat(found.commit()).isEqualTo(remote.refs.get(REF));
        assertThat(found.automation()).isEqualTo("apps/auto");
        assertThat(found.total()).isEqualTo(new CommitSize(0, 1, 0));
        assertThat(remote.read(REF, FILE))
                .as("an older selection is not written")
                .contains("\"1.2\"");
        assertThat(log.events(BranchState.class)
                        .getLast()
                        .written()
                        .getOrDefault(MemoryLog.target("web").text(), new Written("", 0))
                        .sequence())
                .isEqualTo(2);
    }

    /** What could not be read is not known: the log's head stays where it is until the commits behind it are recorded. */
    @Test
    void aCommitIsRecordedAlsoWhenTheHistoryCannotBeReadAtFirst() throws Exception {
        pushUnsaid();
        remote.historyProblem = "connection reset";
        Replica next = replica("a");
        next.ask();
        remote.historyProblem = null;

        next.ask();

        assertThat(log.events(Committed.class))
                .extracting(Committed::commit)
                .containsExactlyInAnyOrderElementsOf(remote.ours(REF));
    }

    /** Most branches are as they were left: nothing is read back. */
    @Test
    void nothingIsReadBackWhileTheRemoteIsWhereTheLogSays() throws Exception {
        log.select("web", "1.1", 1);
        replica("a").ask();
        int histories = remote.histories;

        Replica next = replica("a");
        next.ask();
        next.ask();
        log.select("web", "1.2", 2);
        next.react();
        next.ask();

        assertThat(remote.histories).isEqualTo(histories);
    }
}
