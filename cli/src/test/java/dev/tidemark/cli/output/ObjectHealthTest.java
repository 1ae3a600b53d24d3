package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.output.ObjectHealth.State;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.Tree;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits says why and until when. */
class ObjectHealthTest {

    private final Set<ResourceId> existing = new HashSet<>();
    private static final String RESOLVED =
            "Latest image tag for ghcr.io/o/a resolved to 1.4.2 (previously ghcr.io/o/a:1.4.1)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TooYoung | 1.5.0 is too young until 2026-01-03T00:00:00Z",
                "DigestMoved | 1.5.0 waits: its digest moved at 2026-01-03T00:00:00Z and has to stay until 2026-01-03T00:10:00Z",
                "OfTomorrow | 1.5.0 waits for something that this command has never heard of",
                "Frozen | 1.5.0 waits: frozen until 2026-01-05T06:00:00Z",
                "Held | held on 1.4.2; 1.5.0 waits for the release",
                "Halted | 1.5.0 waits: all updates are halted (bad base image); tidemark halt --lift goes on",
                "AwaitingConfirmation | 1.4.2 is not listed any more: 1.4.1 is selected when the registry confirms that it is gone",
                "DowngradeForbidden | all listed tags are lower than 1.4.2, and tidemark.dev/allow-downgrade says never",
            })
    void aPolicyThatHoldsSomethingNewerBackWaits(String reason, String note) {
        ObjectHealth health = policy(
                "type: Ready, status: 'True', reason: " + reason + ", message: '" + RESOLVED + "; " + note + "'");

        assertThat(health)
                .isEqualTo(
                        new ObjectHealth(State.WAITING, RESOLVED + "; " + note + " (" + reason + "; still on 1.4.2)"));
    }

    @Test
    void aPolicyWithoutANoteIsReady() {
        assertThat(policy("type: Ready, status: 'True', reason: Succeeded, message: '" + RESOLVED + "'"))
                .isEqualTo(new ObjectHealth(State.READY, RESOLVED));
    }

    @Test
    void aProviderThatHoldsSomethingNewerBackWaits() {
        assertThat(provider("Frozen")).isEqualTo(new ObjectHealth(State.WAITING, "the new list waits (Frozen)"));
        assertThat(provider("ReconciliationSucceeded").state()).isEqualTo(State.READY);
    }

    private ObjectHealth provider(String reason) {
        return ObjectHealth.of(Tree.parse("""
                kind: ResourceSetInputProvider
                metadata: {name: a, namespace: apps}
                status: {conditions: [{type: Ready, status: 'True', reason: %s, message: the new list waits}]}
                """.formatted(reason)), existing::contains);
    }

    @Test
    void aPolicyWithoutTagsWaitsForItsRepository() {
        existing.add(new ResourceId("ImageRepository", "images", "a"));

        assertThat(policy("type: Ready, status: 'False', reason: DependencyNotReady,"
                        + " message: 'retrying in 30s error: no tags in database'"))
                .isEqualTo(new ObjectHealth(
                        State.WAITING,
                        "retrying in 30s error: no tags in database; waits for tags of ImageRepository images/a"
                                + " (DependencyNotReady)"));
    }

    @Test
    void aRepositoryThatDoesNotExistIsAFailure() {
        assertThat(policy("type: Ready, status: 'False', reason: DependencyNotReady,"
                                + " message: 'failed to get the referred ImageRepository: not found'")
                        .state())
                .isEqualTo(State.FAILING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'429; next try at 2026-01-02T03:05:00Z' | 429; next try at 2026-01-02T03:05:00Z (ReadOperationFailed; tried again)",
                "'' | 429 (ReadOperationFailed; tried again)",
            })
    void aFailureSaysWhenItIsTriedAgainWhereThatIsKnown(String again, String why) {
        assertThat(policy(
                        "type: Reconciling, status: 'True', reason: ProgressingWithRetry, message: '" + again + "'",
                        "type: Ready, status: 'False', reason: ReadOperationFailed, message: '429'"))
                .isEqualTo(new ObjectHealth(State.FAILING, why));
    }

    @Test
    void whatNeedsSomethingElseFirstWaits() {
        assertThat(policy(
                        "type: Reconciling, status: 'True', reason: DependencyNotReady, message: nothing selected yet",
                        "type: Ready, status: 'True', reason: ReconciliationSucceeded, message: of before"))
                .isEqualTo(new ObjectHealth(State.WAITING, "nothing selected yet (DependencyNotReady)"));
    }

    @Test
    void whatWorksMoves() {
        assertThat(policy("type: Reconciling, status: 'True', reason: Progressing, message: scanning"))
                .isEqualTo(new ObjectHealth(State.MOVING, "scanning"));
    }

    @Test
    void anAutomationThatSkipsFilesIsReadyAndSaysWhatItLeavesOut() {
        String ready = "type: Ready, status: 'True', reason: Succeeded, message: repository up-to-date";
        assertThat(policy(
                        ready,
                        "type: MarkersFound, status: 'True', reason: SomeLeftOut, message: '2 markers found in the"
                                + " repository; apps/x.yaml:6: a tab; the file is skipped'"))
                .isEqualTo(
                        new ObjectHealth(
                                State.READY,
                                "repository up-to-date; 2 markers found in the repository; apps/x.yaml:6: a tab; the file is skipped"));
        assertThat(
                        policy(
                                ready,
                                "type: MarkersFound, status: 'True', reason: MarkersFound, message: 2 markers found in the repository"))
                .isEqualTo(new ObjectHealth(State.READY, "repository up-to-date"));
        assertThat(policy(ready)).isEqualTo(new ObjectHealth(State.READY, "repository up-to-date"));
    }

    private ObjectHealth policy(String... conditions) {
        StringBuilder yaml = new StringBuilder("""
                kind: ImagePolicy
                metadata: {name: a, namespace: apps}
                spec: {imageRepositoryRef: {name: a, namespace: images}}
                status:
                  latestRef: {name: ghcr.io/o/a, tag: 1.4.2}
                  conditions:
                """);
        for (String condition : conditions) {
            yaml.append("    - {").append(condition).append("}\n");
        }
        return ObjectHealth.of(Tree.parse(yaml.toString()), existing::contains);
    }
}
