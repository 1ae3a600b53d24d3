package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static dev.tidemark.evaluator.streams.Evaluation.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotations, the emergency stop and digests, as the log shows them. */
class AnnotationsTopologyTest {

    private static final PolicyRule ANY = new PolicyRule.Semver(">=0.0.0");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Evaluation evaluation;

    @BeforeEach
    void start() {
        evaluation = new Evaluation(folder);
    }

    @AfterEach
    void stop() {
        evaluation.close();
    }

    private static final int MORE_THAN_A_SLICE = 6_000;

    private void published(String tag, String... annotations) {
        evaluation.declare(ANY, annotations);
        evaluation.write(new Event.TagDiscovered(FEED, tag, null, Evaluation.scan(0), Scope.SCAN, null));
        evaluation.write(new Event.ScanCompleted(FEED, Evaluation.scan(0), 1, 1, 0, "checksum"));
        assertThat(evaluation.selections()).containsExactly(List.of(tag));
        evaluation.said();
    }

    @Test
    void aYoungTagIsSelectedByItselfWhenItIsOldEnough() {
        published("1.0.0", "minimum-age", "10m");

        evaluation.found(1, "1.1.0", Scope.TAG, null);
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said()).singleElement().asString().startsWith("TooYoung: Latest image tag for ");

        evaluation.pass(Duration.ofMinutes(10));
        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0"));
    }

    /** The longest age that can be written is longer than a timer counts. */
    @Test
    void anAgeOfCenturiesOnlyWaits() {
        published("1.0.0", "minimum-age", "2562047h47m16.854775807s");

        evaluation.found(1, "1.1.0", Scope.TAG, null);
        evaluation.pass(Duration.ofDays(1));

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said()).singleElement().asString().startsWith("TooYoung: ");
    }

    /** What is due at once does not wait for what is due later. */
    @Test
    void aListIsTakenOverWhileATagWaitsForItsAge() {
        published("1.0.0", "minimum-age", "10m");
        evaluation.found(1, "1.1.0", Scope.TAG, null);
        Feed other = Feed.parse("ghcr.io/my-org/other#");
        evaluation.declare(Target.parse("local/ImagePolicy/flux-system/other"), other, new PolicyRule.Semver("*"));
        for (int i = 0; i < MORE_THAN_A_SLICE; i++) {
            evaluation.write(new Event.TagDiscovered(other, "2.0." + i, null, Evaluation.scan(1), Scope.SCAN, null));
        }
        evaluation.write(new Event.ScanCompleted(
                other, Evaluation.scan(1), MORE_THAN_A_SLICE, MORE_THAN_A_SLICE, 0, "checksum"));

        for (int i = 0; i < 3; i++) {
            evaluation.pass(Duration.ofMillis(5));
        }

        assertThat(evaluation.selections()).containsExactly(List.of("2.0." + (MORE_THAN_A_SLICE - 1)));
    }

    @Test
    void ofSeveralYoungTagsTheOneThatIsOldEnoughIsSelectedFirst() {
        published("1.0.0", "minimum-age", "10m");
        evaluation.found(1, "1.1.0", Scope.TAG, null);
        evaluation.pass(Duration.ofMinutes(5));
        evaluation.found(2, "1.2.0", Scope.TAG, null);

        evaluation.pass(Duration.ofMinutes(5));
        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0"));

        evaluation.pass(Duration.ofMinutes(5));
        assertThat(evaluation.selections()).containsExactly(List.of("1.2.0"));
    }

    @Test
    void aTagOfUnknownAgeIsOldEnough() {
        published("1.0.0", "minimum-age", "10m");

        evaluation.write(new Event.TagDiscovered(FEED, "1.1.0", null, Evaluation.scan(1), Scope.TAG, null));

        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0"));
    }

    @Test
    void aDecisionThatWaitedKeepsTheCorrelationOfWhatItWaitedWith() {
        published("1.0.0", "minimum-age", "10m");
        evaluation.found(1, "1.1.0", Scope.TAG, null);
        String correlation =
                evaluation.read(Topic.POLICY_DECIDED).getLast().value.correlationid();

        evaluation.pass(Duration.ofMinutes(10));

        assertThat(evaluation.read(Topic.TAG_SELECTED))
                .singleElement()
                .satisfies(record -> assertThat(record.value.correlationid()).isEqualTo(correlation));
    }

    @Test
    void aClockThatGoesBackwardsOnlyMakesADecisionWaitLonger() {
        published("1.0.0", "minimum-age", "10m");
        evaluation.found(1, "1.1.0", Scope.TAG, null);
        evaluation.setClock(NOON.minus(Duration.ofHours(1)));
        evaluation.pass(Duration.ofMinutes(30));
        assertThat(evaluation.selections()).isEmpty();

        evaluation.pass(Duration.ofHours(2));
        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0"));
    }

    @Test
    void aHoldStaysUntilItIsReleased() {
        published("1.0.0", "hold", "1.0.0");
        evaluation.found(1, "1.1.0", Scope.TAG, null);
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said())
                .singleElement()
                .asString()
                .endsWith("; held on 1.0.0; 1.1.0 waits for the release");

        evaluation.declare(ANY);

        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0"));
    }

    @Test
    void aHoldGoesToTheVersionItNamesAlsoDownwards() {
        published("1.1.0");
        evaluation.found(1, "1.0.0", Scope.TAG, null);

        evaluation.declare(ANY, "hold", "1.0.0");

        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
    }

    @Test
    void badVersionsAreSkipped() {
        published("1.0.0", "hold", "!1.1.0");
        evaluation.found(1, "1.1.0", Scope.TAG, null);
        evaluation.found(2, "1.0.1", Scope.TAG, null);
        evaluation.found(3, "1.2.0", Scope.TAG, null);

        assertThat(evaluation.selections()).containsExactly(List.of("1.0.1"), List.of("1.2.0"));
    }

    @Test
    void inAFreezeDecisionsWaitAndCollapseToTheNewest() {
        published("1.0.0");
        evaluation.declare(ANY, "freeze", "0 12 * * * +1h");
        evaluation.found(1, "1.1.0", Scope.TAG, null);
        evaluation.found(2, "1.2.0", Scope.TAG, null);
        assertThat(evaluation.selections()).isEmpty();

        evaluation.pass(Duration.ofMinutes(59));
        assertThat(evaluation.selections()).isEmpty();
        evaluation.pass(MINUTE);
        assertThat(evaluation.selections()).containsExactly(List.of("1.2.0"));
    }

    @Test
    void theStopHoldsEverythingAndNamesWhoAndWhy() {
        published("1.0.0");
        evaluation.halt("ada", "incident 42");
        evaluation.found(1, "1.1.0", Scope.TAG, null);
        evaluation.found(2, "1.2.0", Scope.TAG, null);
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said())
                .last()
                .asString()
                .isEqualTo("Halted: Latest image tag for ghcr.io/my-org/my-app resolved to 1.0.0; 1.2.0 waits: all"
                        + " updates are halted (ada: incident 42); tidemark halt --lift goes on");

        evaluation.lift("ada", "solved");

        assertThat(evaluation.selections()).containsExactly(List.of("1.2.0"));
    }

    @Test
    void theStopHoldsListsToo() {
        evaluation.declare(new PolicyRule.TagList(null, null, "1.x", 0, Map.of()));
        evaluation.scanned(0, List.of("1.0.0"), List.of());
        evaluation.found(0, "1.0.0", Scope.TAG, "sha256:cd");
        evaluation.selections();
        evaluation.halt("ada", "incident 42");
        evaluation.found(1, "1.1.0", Scope.TAG, "sha256:ab");
        assertThat(evaluation.selections()).isEmpty();

        evaluation.lift("ada", "solved");

        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0", "1.0.0"));
    }

    @Test
    void aWrongAnnotationIsACondition() {
        published("1.0.0");

        evaluation.declare(ANY, "minimum-age", "soon");
        evaluation.found(1, "1.1.0", Scope.TAG, null);

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said())
                .singleElement()
                .asString()
                .startsWith("InvalidAnnotation: annotation tidemark.dev/minimum-age is 'soon': invalid duration");
    }

    @Test
    void nothingLowerIsSelectedWhereDowngradesAreForbidden() {
        evaluation.declare(ANY, "allow-downgrade", "never");
        evaluation.scanned(0, List.of("1.0.0", "1.1.0"), List.of());
        evaluation.selections();

        evaluation.scanned(1, List.of(), List.of("1.1.0"));
        evaluation.gone(2, "1.1.0");

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said()).last().asString().startsWith("DowngradeForbidden");
    }

    @Test
    void fluxsBehaviourIsThereForWhoWantsIt() {
        evaluation.declare(ANY, "allow-downgrade", "always");
        evaluation.scanned(0, List.of("1.0.0", "1.1.0"), List.of());
        evaluation.selections();

        evaluation.scanned(1, List.of(), List.of("1.1.0"));

        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
    }

    @Test
    void oneNotFoundOfAListedTagIsNotEnough() {
        evaluation.declare(ANY);
        evaluation.scanned(0, List.of("1.0.0", "1.1.0"), List.of());
        evaluation.selections();

        evaluation.gone(1, "1.1.0");
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.checks()).containsExactly("1.1.0 CONFIRM_GONE");

        evaluation.gone(2, "1.1.0");
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
        assertThat(evaluation.checks()).containsExactly("1.1.0 -");
    }

    @Test
    void aListKeepsATagUntilItIsConfirmedGone() {
        evaluation.declare(new PolicyRule.TagList(null, null, "1.x", 0, Map.of()));
        evaluation.scanned(0, List.of("1.0.0", "1.1.0"), List.of());
        evaluation.found(0, "1.0.0", Scope.TAG, "sha256:ab");
        evaluation.found(0, "1.1.0", Scope.TAG, "sha256:cd");
        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0", "1.0.0"));

        evaluation.scanned(1, List.of(), List.of("1.1.0"));
        assertThat(evaluation.selections()).isEmpty();

        evaluation.gone(2, "1.1.0");
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
    }

    @Test
    void aTagIsNotPublishedBeforeItsDigestIsKnown() {
        evaluation.declareReflecting(ANY, "IfNotPresent", null);
        evaluation.scanned(0, List.of("1.0.0"), List.of());
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.checks()).containsExactly("1.0.0 DIGEST_ONCE");

        evaluation.found(1, "1.0.0", Scope.TAG, "sha256:ab");

        assertThat(selectedTags()).containsExactly(new SelectedTag("1.0.0", "sha256:ab"));
        assertThat(evaluation.checks()).containsExactly("1.0.0 -");
    }

    @Test
    void aDigestThatMovesIsFollowedWhereThePolicySaysAlways() {
        evaluation.declareReflecting(ANY, "Always", MINUTE);
        evaluation.scanned(0, List.of("1.0.0"), List.of());
        evaluation.found(1, "1.0.0", Scope.TAG, "sha256:ab");
        assertThat(evaluation.checks()).containsExactly("1.0.0 DIGEST_ONCE", "1.0.0 DIGEST_EVERY");
        evaluation.selections();

        evaluation.halt("ada", "incident 42");
        evaluation.found(2, "1.0.0", Scope.TAG, "sha256:cd");
        assertThat(evaluation.selections()).isEmpty();

        evaluation.lift("ada", "solved");
        assertThat(selectedTags()).containsExactly(new SelectedTag("1.0.0", "sha256:cd"));
    }

    @Test
    void anOldDigestIsAskedForAgainBeforeItIsPinned() {
        evaluation.declare(new PolicyRule.Semver("<1.0.0"));
        evaluation.scanned(0, List.of("0.9.0"), List.of());
        evaluation.found(1, "1.0.0", Scope.TAG, "sha256:ab");
        evaluation.pass(MINUTE.multipliedBy(5));
        evaluation.selections();

        evaluation.declareReflecting(ANY, "IfNotPresent", null);
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.checks()).containsExactly("1.0.0 DIGEST_ONCE");

        evaluation.found(2, "1.0.0", Scope.TAG, "sha256:cd");
        assertThat(selectedTags()).containsExactly(new SelectedTag("1.0.0", "sha256:cd"));
    }

    @Test
    void aDigestThatComesBackIsReported() {
        evaluation.declareReflecting(ANY, "Always", MINUTE);
        evaluation.scanned(0, List.of("1.0.0"), List.of());
        evaluation.found(1, "1.0.0", Scope.TAG, "sha256:ab");
        evaluation.found(2, "1.0.0", Scope.TAG, "sha256:cd");
        evaluation.found(3, "1.0.0", Scope.TAG, "sha256:ab");

        assertThat(evaluation.read(Topic.POLICY_DECIDED))
                .last()
                .extracting(record -> ((Event.PolicyDecided) record.value.event()).flapping())
                .asString()
                .startsWith("1.0.0@sha256:ab came back: 1.0.0@sha256:ab, 1.0.0@sha256:cd, 1.0.0@sha256:ab between");
    }

    @Test
    void alwaysNeedsAnInterval() {
        evaluation.declareReflecting(ANY, "Always", null);

        assertThat(evaluation.said()).singleElement().asString().startsWith("IntervalNotConfigured: spec.interval");
    }

    @Test
    void aSelectionThatComesBackIsReported() {
        evaluation.declare(ANY, "allow-downgrade", "always");
        evaluation.scanned(0, List.of("1.0.0", "1.1.0"), List.of());
        evaluation.scanned(1, List.of(), List.of("1.1.0"));
        evaluation.scanned(2, List.of("1.1.0"), List.of());

        assertThat(evaluation.read(Topic.POLICY_DECIDED))
                .last()
                .extracting(record -> ((Event.PolicyDecided) record.value.event()).flapping())
                .asString()
                .startsWith("1.1.0 came back: 1.1.0, 1.0.0, 1.1.0 between");
    }

    @Test
    void policiesThatATagDoesNotTouchSayNothing() {
        for (int i = 0; i < 100; i++) {
            evaluation.declare(
                    dev.tidemark.events.Target.parse("local/ImagePolicy/flux-system/app-" + i),
                    FEED,
                    new PolicyRule.Semver(i == 7 ? ">=1.0.0" : "<1.0.0"));
        }
        evaluation.scanned(0, List.of("0.9.0"), List.of());
        evaluation.read(Topic.POLICY_DECIDED);

        evaluation.found(1, "1.0.0", Scope.TAG, null);

        assertThat(evaluation.read(Topic.POLICY_DECIDED)).hasSize(1);
    }

    private List<SelectedTag> selectedTags() {
        return ((Event.TagSelected)
                        evaluation.read(Topic.TAG_SELECTED).getLast().value.event())
                .tags();
    }
}
