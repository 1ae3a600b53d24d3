package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static dev.tidemark.evaluator.streams.Evaluation.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.testkit.contract.Tomorrow;
import dev.tidemark.testkit.contract.Tomorrow.Changed;
import dev.tidemark.testkit.contract.Tomorrow.What;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newer build writes selects nothing, takes nothing back, and is no dead letter. */
class TomorrowTopologyTest {

    private static final PolicyRule ANY = new PolicyRule.Semver(">=1.0.0");
    private static final PolicyRule NEWER = new PolicyRule.Unsupported("of-tomorrow", Map.of("range", "1.x", "x", 7L));

    @TempDir
    Path folder;

    private Evaluation evaluation;

    @BeforeEach
    void select() {
        evaluation = new Evaluation(folder);
        evaluation.declare(ANY);
        evaluation.scanned(1, List.of("1.0.0"), List.of());
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
        evaluation.said();
    }

    @AfterEach
    void stop() {
        evaluation.close();
    }

    static Stream<Changed> inputs() {
        return Tomorrow.all().filter(one -> Stream.of(
                        Topic.TAG_DISCOVERED, Topic.POLICY_DECLARED, Topic.POLICY_HANDED_OVER, Topic.CONTROL_REQUESTED)
                .anyMatch(topic -> topic.topicName().equals(one.topic())));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void everyInputIsTakenAndTheOthersGoOn(Changed changed) {
        Topic topic = Topic.named(changed.topic()).orElseThrow();
        evaluation.writeRaw(topic, changed.key(), changed.valueOfToday());
        List<List<String>> today = evaluation.selections();
        evaluation.writeRaw(topic, changed.key(), changed.value());
        assertThat(evaluation.deadLetters(topic)).isEmpty();
        // what comes twice may be written twice
        List<String> selected = today.isEmpty() ? List.of("1.0.0") : today.getLast();
        assertThat(evaluation.selections()).allMatch(selected::equals);

        evaluation.restart();
        evaluation.lift("me", "over");
        evaluation.declare(Target.parse("local/ImagePolicy/flux-system/other"), FEED, ANY);
        assertThat(evaluation.selections()).isNotEmpty();
    }

    @Test
    void aRuleOfTomorrowKeepsWhatIsSelectedAndSaysWhy() {
        evaluation.declare(NEWER);
        evaluation.found(2, "2.0.0", Scope.TAG, null);
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said())
                .containsExactly(
                        "InvalidPolicy: a newer Tidemark declared it with a rule of the kind 'of-tomorrow', which"
                                + " this one does not know: what is published stays until it is upgraded, too");
        evaluation.restart();
        evaluation.found(3, "3.0.0", Scope.TAG, null);
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said()).isEmpty();

        evaluation.declare(ANY);
        assertThat(evaluation.selections()).containsExactly(List.of("3.0.0"));
    }

    /** Neither to guess what of a stop is left nor to lift it. */
    @Test
    void whatIsAskedForByTomorrowLeavesAStopInForce() {
        evaluation.halt("me", "trouble");
        evaluation.write(new Event.ControlRequested(
                Event.ControlRequested.EVERYTHING, ControlAction.UNKNOWN, "me", "something new"));
        evaluation.found(2, "2.0.0", Scope.TAG, null);
        evaluation.restart();
        evaluation.found(3, "3.0.0", Scope.TAG, null);
        assertThat(evaluation.selections()).isEmpty();
        evaluation.lift("me", "over");
        assertThat(evaluation.selections()).containsExactly(List.of("3.0.0"));
    }

    @Test
    void whatIsAskedForByTomorrowStopsNobody() {
        evaluation.write(new Event.ControlRequested(
                Event.ControlRequested.EVERYTHING, ControlAction.UNKNOWN, "me", "something new"));
        evaluation.found(2, "2.0.0", Scope.TAG, null);
        assertThat(evaluation.selections()).containsExactly(List.of("2.0.0"));
    }

    /** A newer evaluator has put it in force: this one cannot tell what it leaves free. */
    @Test
    void whatANewerEvaluatorHasInForceStops() {
        var asked = new Event.ControlRequested(
                Event.ControlRequested.EVERYTHING, ControlAction.UNKNOWN, "me", "something new");
        evaluation.store("controls", asked);
        evaluation.restart();
        evaluation.found(2, "2.0.0", Scope.TAG, null);
        assertThat(evaluation.selections()).isEmpty();
    }

    /** It may be of a list that is half read, and who wrote it does not say it again. */
    @Test
    void aTagOfAnotherScopeComesWithTheScanThatCompletesNext() {
        evaluation.write(new Event.TagDiscovered(FEED, "7.0.0", null, Evaluation.scan(2), Scope.UNKNOWN, null));
        evaluation.restart();
        evaluation.found(3, "0.1.0", Scope.TAG, null);
        evaluation.declare(Target.parse("local/ImagePolicy/flux-system/other"), FEED, ANY);
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
        evaluation.scanned(4, List.of(), List.of());
        assertThat(evaluation.selections()).containsExactly(List.of("7.0.0"), List.of("7.0.0"));
    }

    /** As from a list, so that nobody goes back before the registry has said of this very tag that it is gone. */
    @Test
    void aTagOfAnotherScopeGoesWithTheScanThatCompletesNext() {
        evaluation.found(2, "2.0.0", Scope.TAG, null);
        assertThat(evaluation.selections()).containsExactly(List.of("2.0.0"));
        for (int scan = 3; scan < 6; scan++) {
            evaluation.write(new Event.TagRemoved(FEED, "2.0.0", Evaluation.scan(scan), Scope.UNKNOWN));
        }
        evaluation.restart();
        evaluation.found(6, "0.1.0", Scope.TAG, null);
        assertThat(evaluation.checks()).isEmpty();
        evaluation.declare(Target.parse("local/ImagePolicy/flux-system/other"), FEED, ANY);
        assertThat(evaluation.selections()).containsExactly(List.of("2.0.0"));
        evaluation.scanned(7, List.of(), List.of());
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.checks()).isNotEmpty().allMatch(check -> check.contains("2.0.0"));
        evaluation.gone(8, "2.0.0");
        assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"), List.of("1.0.0"));
    }

    @Test
    void aRequestForTomorrowsPurposeIsNotWithdrawn() {
        evaluation.store("wanted", new Event.TagCheckWanted(FEED, "1.0.0", CheckPurpose.UNKNOWN, null));
        evaluation.restart();
        evaluation.write(new Event.TagRemoved(FEED, "1.0.0", Evaluation.scan(2), Scope.TAG));
        evaluation.found(3, "1.0.0", Scope.TAG, null);
        evaluation.declare(NEWER);
        assertThat(evaluation.checks()).noneMatch(check -> check.endsWith(" -"));
    }

    /** Whatever is of tomorrow in what was declared is what a newer owner of the stores finds there. */
    @Test
    void theStoresKeepWhatTheyAreGiven() {
        Changed changed = Tomorrow.of("policy-declared").stream()
                .filter(one -> one.sample().equals("policy-declared") && one.what() == What.MEMBERS)
                .findFirst()
                .orElseThrow();
        evaluation.writeRaw(Topic.POLICY_DECLARED, changed.key(), changed.value());
        evaluation.restart();
        assertThat(evaluation.stored("declared", changed.key())).isEqualTo(changed.text());
        assertThat(changed.key()).endsWith(POLICY.text());
    }
}
