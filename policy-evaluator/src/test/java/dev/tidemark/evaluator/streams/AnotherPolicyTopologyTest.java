package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static dev.tidemark.evaluator.streams.Evaluation.POLICY;
import static dev.tidemark.evaluator.streams.Evaluation.TOMBSTONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D10: a policy that was deleted and declared again is a new one, also where the two come as one record. */
class AnotherPolicyTopologyTest {

    private static final PolicyRule ONE_X = new PolicyRule.Semver("1.x");

    private final Evaluation evaluation;

    AnotherPolicyTopologyTest(@TempDir Path folder) {
        evaluation = new Evaluation(folder);
    }

    /** What is selected is not listed any more, which the policy that selected it stands by. */
    @BeforeEach
    void select() {
        evaluation.write(policy("one", 1));
        evaluation.scanned(1, List.of("1.0.0", "1.4.2"), List.of());
        evaluation.scanned(2, List.of(), List.of("1.4.2"));
        assertThat(evaluation.selections()).containsExactly(List.of("1.4.2"));
    }

    @AfterEach
    void close() {
        evaluation.close();
    }

    private static PolicyDeclared policy(String uid, long sequence) {
        return Evaluation.declared(POLICY, FEED, ONE_X, sequence).readFrom(uid, "1");
    }

    @Test
    void takesTheNewestTagBehindTheOldSequence() {
        evaluation.write(policy("two", 2));

        var written = evaluation.read(Topic.TAG_SELECTED);
        assertThat(written).hasSize(2);
        assertThat(written.getFirst().value).isNull();
        Event.TagSelected selected = (Event.TagSelected)
                Objects.requireNonNull(written.getLast().value).event();
        assertThat(selected.tags()).extracting(tag -> tag.tag()).containsExactly("1.0.0");
        assertThat(selected.previous()).isEmpty();
        assertThat(selected.sequence()).isEqualTo(2);
    }

    @Test
    void alsoAfterARestart() {
        evaluation.restart();

        evaluation.write(policy("two", 2));

        assertThat(evaluation.selections()).containsExactly(TOMBSTONE, List.of("1.0.0"));
    }

    /** Of a policy without a uid nobody knows that it is another. */
    @ParameterizedTest
    @CsvSource({"one", "''"})
    void theSameOrAnUnknownOneKeepsWhatItHas(String uid) {
        evaluation.write(policy(uid, 2));

        assertThat(evaluation.selections()).isEmpty();
    }

    @Test
    void oneBehindAnUnknownOneKeepsWhatThatHad() {
        evaluation.write(policy("", 2));
        evaluation.write(policy("two", 3));

        assertThat(evaluation.selections()).isEmpty();
    }

    @Test
    void anOlderDeclarationOfAnotherHasNoEffect() {
        evaluation.write(policy("two", 1));

        assertThat(evaluation.selections()).isEmpty();
    }

    @Test
    void oneThatIsSuspendedSelectsNothingUntilItIsResumed() {
        evaluation.write(policy("two", 2).suspend());
        assertThat(evaluation.selections()).containsExactly(TOMBSTONE);

        evaluation.write(policy("two", 3));
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
    }

    @Test
    void nothingMoreIsAskedForThePolicyThatIsGone() {
        assertThat(evaluation.checks()).containsExactly("1.4.2 CONFIRM_GONE");

        evaluation.write(policy("two", 2));

        assertThat(evaluation.checks()).containsExactly("1.4.2 -");
    }

    /** Whoever had the target writes for it until he lets go, whoever it belongs to now. */
    @Test
    void whoWaitsForAHandOverStillDoes() {
        ImageName old = new ImageName("ghcr.io/my-org/old-app");
        var other = Target.parse("local/ImagePolicy/apps/other");
        evaluation.write(
                Evaluation.declared(other, FEED, ONE_X, 1).readFrom("one", "1").following(old, 40L));
        evaluation.write(
                Evaluation.declared(other, FEED, ONE_X, 2).readFrom("two", "1").following(old, 40L));
        assertThat(evaluation.selections()).isEmpty();

        evaluation.write(new PolicyHandedOver(other, FEED.image(), old, 43L, 0));

        assertThat(evaluation.read(Topic.TAG_SELECTED))
                .extracting(record ->
                        (Event.TagSelected) Objects.requireNonNull(record.value).event())
                .extracting(selected -> selected.tags().getFirst().tag() + ' ' + selected.sequence())
                .containsExactly("1.0.0 44");
    }
}
