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
import dev.tidemark.events.EventCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is told of thousands of files and policies stays within a record's bound. */
class LargeBranchesTest {

    private static final String MAIN = "refs/heads/main";

    private final MemoryRemote remote = new MemoryRemote();
    private final MemoryLog log = new MemoryLog();
    private final Manifests manifests =
            Manifests.of(Manifests.REPOSITORY, Manifests.AUTOMATION, Manifests.policy("web"));
    private final Replica replica =
            new Replica("a", remote, log, manifests, new MemoryStatuses(), new AtomicReference<>("a"));

    @Test
    void aCommitOfThousandsOfFilesIsToldInCountsAndExamples() throws Exception {
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < 9000; i++) {
            files.put("team-%04d.yaml".formatted(i), file("web", "1.0"));
        }
        remote.commit(MAIN, files);
        log.select("web", "1.1", 1);

        replica.ask();

        assertThat(log.events(Committed.class)).singleElement().satisfies(committed -> {
            assertThat(committed.total()).isEqualTo(new CommitSize(9000, 9000, 1));
            assertThat(committed.changes()).hasSize(100);
            assertThat(committed.message().length()).isLessThanOrEqualTo(16_000);
        });
        assertThat(log.published)
                .allSatisfy(event -> assertThat(EventCodec.encode(event).length).isLessThan(500_000));
    }

    /** An automation with 5,000 markers of 5,000 policies, each with a long old value. */
    @Test
    void aBranchOfThousandsOfPoliciesIsKeptInABoundedRecord() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            String policy = "policy-with-a-rather-long-name-%04d".formatted(i);
            manifests.apply(Manifests.policy(policy));
            log.select(policy, "2.0." + i, i + 1L);
            text.append("k%d: \"%s\" # {\"$imagepolicy\": \"apps:%s:tag\"}\n".formatted(i, "old".repeat(50), policy));
        }
        remote.commit(MAIN, Map.of(FILE, text.toString()));

        replica.ask();

        assertThat(remote.read(REF, FILE)).contains("\"2.0.0\"", "\"2.0.4999\"");
        assertThat(log.events(Committed.class).getLast().total()).isEqualTo(new CommitSize(1, 5000, 5000));
        assertThat(log.published)
                .allSatisfy(event -> assertThat(EventCodec.encode(event).length).isLessThan(900_000));
        String last = MemoryLog.target("policy-with-a-rather-long-name-4999").text();
        assertThat(log.events(BranchState.class).getLast().written()).doesNotContainKey(last);
        log.selected.keySet().removeIf(target -> target.text().compareTo(last) < 0);
        replica.ask();
        assertThat(log.events(BranchState.class).getLast().written()).containsKey(last);
    }
}
