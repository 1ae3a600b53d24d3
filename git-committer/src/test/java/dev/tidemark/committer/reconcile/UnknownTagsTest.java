package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.committer.domain.MemoryStatuses;
import dev.tidemark.events.BranchTagFound;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.flux.Condition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log was lost, and what is selected is lower than what the branch holds. */
class UnknownTagsTest {

    private static final String MAIN = "refs/heads/main";

    private final MemoryRemote remote = new MemoryRemote();
    private final MemoryLog log = new MemoryLog();
    private final Manifests manifests =
            Manifests.of(Manifests.REPOSITORY, Manifests.AUTOMATION, Manifests.policy("web"), Manifests.policy("db"));
    private final MemoryStatuses statuses = new MemoryStatuses();
    private final Replica replica = new Replica("a", remote, log, manifests, statuses, new AtomicReference<>("a"));

    @BeforeEach
    void begin() {
        remote.commit(MAIN, Map.of(FILE, file("web", "v2.0", "db", "v1")));
    }

    private void select(String tag, long sequence, String previous) {
        String image = "ghcr.io/acme/web";
        TagSelected selected = new TagSelected(
                MemoryLog.target("web"),
                new ImageName(image),
                image,
                List.of(new SelectedTag(tag, null)),
                List.of(new SelectedTag(previous, null)),
                sequence,
                MemoryLog.START);
        log.selected.put(
                MemoryLog.target("web"),
                Envelope.correlated(selected, "policy-evaluator", MemoryLog.START.plusSeconds(sequence), "check"));
    }

    private List<String> asked() {
        return log.events(BranchTagFound.class).stream()
                .map(found -> found.tag() + '@' + found.sequence())
                .toList();
    }

    @Test
    void nothingLowerIsWrittenAndTheEvaluatorIsTold() throws Exception {
        log.select("web", "v1.1", 1);

        replica.ask();

        assertThat(remote.refs).doesNotContainKey(REF);
        assertThat(asked()).containsExactly("v2.0@1");
        assertThat(statuses.condition("auto", "MarkersFound"))
                .extracting(Condition::message)
                .asString()
                .contains("app.yaml has v2.0 for apps:web:tag, and v1.1 is selected");
    }

    @Test
    void whatElseIsSelectedIsWritten() throws Exception {
        log.select("web", "v1.1", 1);
        log.select("db", "v2", 1);

        replica.ask();

        assertThat(remote.read(REF, FILE)).isEqualTo(file("web", "v2.0", "db", "v2"));
    }

    @Test
    void aSelectionThatWasMadeInKnowledgeOfItIsWritten() throws Exception {
        log.select("web", "v1.1", 1);
        replica.ask();

        select("v1.1", 2, "v2.0");
        replica.react();

        assertThat(remote.read(REF, FILE)).isEqualTo(file("web", "v1.1", "db", "v1"));
    }

    /** The registry has it after all, and loses it later: that is the evaluator's to confirm, as ever. */
    @Test
    void whatWasFoundIsRememberedFromThenOn() throws Exception {
        log.select("web", "v1.1", 1);
        replica.ask();
        select("v2.0", 2, "v1.1");
        replica.react();
        assertThat(remote.refs).as("nothing to write").doesNotContainKey(REF);

        select("v1.1", 3, "v0");
        replica.react();

        assertThat(remote.read(REF, FILE)).isEqualTo(file("web", "v1.1", "db", "v1"));
    }

    @Test
    void theQuestionIsAskedOnceUntilTheNextLook() throws Exception {
        log.select("web", "v1.1", 1);
        replica.ask();
        replica.react();
        assertThat(asked()).hasSize(1);

        replica.ask();

        assertThat(asked()).hasSize(2);
    }

    @Test
    void aStepUpIsNoQuestion() throws Exception {
        log.select("web", "v3", 1);

        replica.ask();

        assertThat(asked()).isEmpty();
        assertThat(remote.read(REF, FILE)).isEqualTo(file("web", "v3", "db", "v1"));
    }

    /** Of several lines the highest counts, also of whole references and of other images. */
    @Test
    void theHighestOfItsImageCounts() throws Exception {
        remote.commit(MAIN, Map.of(FILE, """
                kind: ConfigMap
                data:
                  a: v1.5 # {"$imagepolicy": "apps:web:tag"}
                  b: ghcr.io/acme/web:v2.1@sha256:%1$s # {"$imagepolicy": "apps:web"}
                  c: ghcr.io/acme/other:v7 # {"$imagepolicy": "apps:web"}
                  d: ghcr.io/acme/web # {"$imagepolicy": "apps:web"}
                  e: placeholder or so # {"$imagepolicy": "apps:web:tag"}
                """.formatted("1".repeat(64))));
        log.select("web", "v1.1", 1);

        replica.ask();

        assertThat(asked()).containsExactly("v2.1@1");
    }
}
