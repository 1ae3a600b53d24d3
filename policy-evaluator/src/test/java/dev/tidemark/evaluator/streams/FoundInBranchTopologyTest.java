package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static dev.tidemark.evaluator.streams.Evaluation.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Branch;
import dev.tidemark.events.BranchTagFound;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State is lost, a list is partial, and a branch holds more than what follows from them. */
class FoundInBranchTopologyTest {

    private static final Branch MAIN = new Branch("git.example/org/fleet", "main");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Evaluation evaluation;

    @BeforeEach
    void listInPart() {
        evaluation = new Evaluation(folder);
        evaluation.declare(new PolicyRule.Semver(">=1.0.0"));
        evaluation.scanned(1, List.of("1.0.0", "1.1.0"), List.of());
        assertThat(selections()).containsExactly("1.1.0@1 after []");
        evaluation.said();
        evaluation.checks();
    }

    @AfterEach
    void close() {
        evaluation.close();
    }

    private void found(String tag, long sequence) {
        evaluation.write(new BranchTagFound(POLICY, FEED.image(), MAIN, tag, sequence));
    }

    private List<String> selections() {
        return evaluation.read(Topic.TAG_SELECTED).stream()
                .map(record -> (TagSelected) record.value.event())
                .map(selected -> selected.tags().getFirst().tag() + '@' + selected.sequence() + " after "
                        + selected.previous().stream().map(SelectedTag::tag).toList())
                .toList();
    }

    @Test
    void theRegistryIsAskedBeforeAnythingLowerIsForTheBranch() {
        found("2.0.0", 1);

        assertThat(selections()).isEmpty();
        assertThat(evaluation.checks()).containsExactly("2.0.0 CONFIRM_GONE");
        assertThat(evaluation.said()).singleElement().asString().startsWith("AwaitingConfirmation: ");
    }

    @Test
    void whatIsGoneIsFollowedByWhatIsSelected() {
        found("2.0.0", 1);
        evaluation.checks();

        evaluation.gone(2, "2.0.0");

        assertThat(selections()).containsExactly("1.1.0@2 after [2.0.0]");
        assertThat(evaluation.checks()).containsExactly("2.0.0 -");
    }

    @Test
    void whatIsThereIsSelected() {
        found("2.0.0", 1);

        evaluation.found(2, "2.0.0", Scope.TAG, "sha256:2");

        assertThat(selections()).singleElement().asString().startsWith("2.0.0@2 ");
    }

    @Test
    void anAnswerIsGivenOnce() {
        found("2.0.0", 1);
        evaluation.gone(2, "2.0.0");
        selections();

        found("2.0.0", 1);

        assertThat(selections()).isEmpty();
    }

    @Test
    void ofATagThatThePolicyDoesNotWantNobodyAsks() {
        evaluation.declare(new PolicyRule.Semver("<2.0.0"));
        selections();
        evaluation.checks();

        found("2.0.0", 1);

        assertThat(selections()).containsExactly("1.1.0@2 after [2.0.0]");
        assertThat(evaluation.checks()).isEmpty();
    }

    @Test
    void whoForbidsDowngradesKeepsWhatTheBranchHolds() {
        evaluation.declare(new PolicyRule.Semver(">=1.0.0"), "allow-downgrade", "never");
        selections();

        found("2.0.0", 1);
        evaluation.gone(2, "2.0.0");

        assertThat(selections()).isEmpty();
    }

    @Test
    void whoAllowsThemDoesNotWait() {
        evaluation.declare(new PolicyRule.Semver(">=1.0.0"), "allow-downgrade", "always");
        selections();

        found("2.0.0", 1);

        assertThat(selections()).containsExactly("1.1.0@2 after [2.0.0]");
    }

    @Test
    void aRestartKeepsTheQuestion() {
        found("2.0.0", 1);
        evaluation.restart();

        evaluation.gone(2, "2.0.0");

        assertThat(selections()).containsExactly("1.1.0@2 after [2.0.0]");
    }
}
