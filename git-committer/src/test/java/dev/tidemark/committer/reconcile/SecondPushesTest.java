package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.committer.domain.MemoryStatuses;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Event;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code push.refspec}: a branch's commit is pushed once more, to where a review begins (flux-git-based 12.3). */
class SecondPushesTest {

    private static final String REVIEW = "refs/for/main";
    private static final String AUTOMATION =
            Manifests.AUTOMATION.replace("{branch: staging}", "{branch: staging, refspec: 'HEAD:" + REVIEW + "'}");

    private final MemoryRemote remote = new MemoryRemote();
    private final MemoryLog log = new MemoryLog();
    private final Manifests manifests = Manifests.of(Manifests.REPOSITORY, AUTOMATION, Manifests.policy("web"));
    private final MemoryStatuses statuses = new MemoryStatuses();
    private final AtomicReference<String> owner = new AtomicReference<>("a");

    @BeforeEach
    void begin() {
        remote.commit("refs/heads/main", Map.of(FILE, file("web", "1.0")));
        log.select("web", "1.1", 1);
    }

    private Replica replica(String name) {
        return new Replica(name, remote, log, manifests, statuses, owner);
    }

    private String head() {
        return Objects.requireNonNull(remote.refs.get(REF));
    }

    private String ready() {
        return statuses.condition("auto", "Ready").message();
    }

    @Test
    void everyCommitIsPushedOnceMore() throws Exception {
        Replica replica = replica("a");
        replica.ask();
        String first = head();
        replica.ask();
        log.select("web", "1.2", 2);
        replica.react();

        assertThat(remote.secondPushes).containsExactly(REVIEW + ' ' + first, REVIEW + ' ' + head());
        assertThat(statuses.told.getFirst())
                .contains("pushed commit '" + first.substring(0, 7) + "' to branch 'staging' and refspecs 'HEAD:"
                        + REVIEW + "'\n");
    }

    @Test
    void oneThatIsRefusedIsSaidAndTriedAgainThoughTheBranchHasItsCommit() throws Exception {
        remote.secondRefusal = "command error on refs/for/main: prohibited by Gerrit";
        Replica replica = replica("a");

        replica.ask();
        replica.ask();

        assertThat(remote.read(REF, FILE)).isEqualTo(file("web", "\"1.1\""));
        assertThat(log.events(Committed.class)).hasSize(1);
        assertThat(ready())
                .isEqualTo("failed to update source: failed to push to remote: refspec 'HEAD:refs/for/main': "
                        + "command error on refs/for/main: prohibited by Gerrit");
        assertThat(log.events(Event.UpdateFailed.class)).hasSize(1);
        remote.secondRefusal = null;

        assertThat(replica.ask()).isEqualTo(MemoryLog.START.plus(Duration.ofMinutes(5)));

        assertThat(remote.secondPushes).containsExactly(REVIEW + ' ' + head());
        assertThat(remote.pushes).isEqualTo(1);
        assertThat(ready()).isEqualTo("repository up-to-date");
    }

    /** kill -9 between both pushes. */
    @Test
    void whatAKilledWriterOwedIsPushedByTheNextOwner() throws Exception {
        replica("a").ask();
        remote.secondPushes.clear();
        log.select("web", "1.2", 2);
        log.away = true;
        remote.secondRefusal = "it was killed before that";
        replica("a").ask();
        log.away = false;
        remote.secondRefusal = null;
        owner.set("b");

        replica("b").ask();

        assertThat(remote.secondPushes).containsExactly(REVIEW + ' ' + head());
    }
}
