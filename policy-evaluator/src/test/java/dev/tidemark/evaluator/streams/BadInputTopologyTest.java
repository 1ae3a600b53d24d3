package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static dev.tidemark.evaluator.streams.Evaluation.POLICY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is said, what was selected stays, and the others go on. */
class BadInputTopologyTest {

    private static final PolicyRule ANY = new PolicyRule.Semver(">=1.0.0");

    @TempDir
    Path folder;

    private Evaluation evaluation;
    private long sequence = 1_000;

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

    private void declare(PolicyRule rule, TagFilter filter) {
        var plain = Evaluation.declared(POLICY, FEED, rule, ++sequence);
        evaluation.write(new Event.PolicyDeclared(
                plain.image(),
                plain.target(),
                plain.feed(),
                plain.name(),
                rule,
                filter,
                plain.digestReflection(),
                plain.exclusionList(),
                Map.of(),
                plain.uid(),
                plain.resourceVersion(),
                plain.sequence(),
                false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a range", ">=1.0.0 <", "1.x.3.4", "=>", ""})
    void aRangeThatIsNoneKeepsTheSelectionUntilItIsCorrected(String range) {
        declare(new PolicyRule.Semver(range), TagFilter.NONE);
        evaluation.found(2, "1.1.0", Scope.TAG, null);

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said()).singleElement().asString().startsWith("InvalidPolicy: ");

        declare(ANY, TagFilter.NONE);
        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?=1)", "(a)\\1", "(", "a{2000}", "[z-a]"})
    void aPatternThatRe2RefusesKeepsTheSelectionUntilItIsCorrected(String pattern) {
        declare(ANY, new TagFilter(pattern, ""));
        evaluation.found(2, "1.1.0", Scope.TAG, null);

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said()).singleElement().asString().startsWith("InvalidPolicy: ");
    }

    /** Go's Expand makes an unknown group empty (flux-git-based 10.4). */
    @ParameterizedTest
    @CsvSource({"$nosuch", "$7", "${nosuch}"})
    void anExtractOfAMissingGroupMatchesNothing(String extract) {
        declare(ANY, new TagFilter("^(?P<version>.*)$", extract));
        evaluation.found(2, "1.1.0", Scope.TAG, null);

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said()).first().asString().startsWith("Failure: ");
    }

    @Test
    void aPolicyOnAnImageThatNobodyHasReadWaits() {
        var feed = dev.tidemark.events.Feed.parse("ghcr.io/my-org/unknown#");
        evaluation.declare(dev.tidemark.events.Target.parse("local/ImagePolicy/apps/other"), feed, ANY);

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said())
                .singleElement()
                .asString()
                .isEqualTo("DependencyNotReady: retrying in 30s error: no tags in database");
    }

    @Test
    void anEmptyListIsNoReasonToFallBack() {
        evaluation.scanned(2, List.of(), List.of("1.0.0"));

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said()).containsExactly("DependencyNotReady: retrying in 30s error: no tags in database");

        evaluation.scanned(3, List.of("1.0.0"), List.of());
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said())
                .singleElement()
                .asString()
                .startsWith("Succeeded: Latest image tag for " + FEED.image() + " resolved to 1.0.0");
    }

    @Test
    void tagsOfOddCharactersArePassedOver() {
        List<String> odd = List.of(
                "",
                " ",
                "1.0.0|2.0.0",
                "1.9.0\n",
                "\u0000",
                "१.२.३",
                "v1.0.0-\uD83D\uDE00",
                "9".repeat(5_000),
                "1.9.0\u0000");
        evaluation.scanned(2, odd, List.of());
        odd.forEach(tag -> evaluation.found(3, tag, Scope.TAG, null));

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.deadLetters(Topic.TAG_DISCOVERED)).isEmpty();

        evaluation.restart();
        evaluation.found(4, "1.1.0", Scope.TAG, null);
        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0"));
    }

    @ParameterizedTest
    @CsvSource({"tag-discovered.v2-beta", "tag-selected.v1"})
    void anEventOfAForeignTypeOrOfAnotherTopicIsADeadLetter(String type) {
        var found = new Event.TagDiscovered(FEED, "1.1.0", null, Evaluation.scan(2), Scope.TAG, null);
        String value = new String(EventCodec.encode(Envelope.first(found, "test", evaluation.now())), UTF_8);
        assertThat(value).contains("tag-discovered.v1");

        evaluation.writeRaw(
                Topic.TAG_DISCOVERED,
                dev.tidemark.events.Keys.of(found),
                value.replace("tag-discovered.v1", type).getBytes(UTF_8));

        assertThat(evaluation.deadLetters(Topic.TAG_DISCOVERED)).hasSize(1);
        assertThat(evaluation.selections()).isEmpty();
        evaluation.found(3, "1.2.0", Scope.TAG, null);
        assertThat(evaluation.selections()).containsExactly(List.of("1.2.0"));
    }

    /** Older watchers wrote it among the tags, where the log still has it. */
    @Test
    void aFailureOfAScanDecidesNothingAndIsNoDeadLetter() {
        var failed = new ScanFailed(FEED, Evaluation.scan(2), Event.ScanFailure.UNREACHABLE, "no route", null);
        evaluation.writeRaw(
                Topic.TAG_DISCOVERED, FEED.text(), EventCodec.encode(Envelope.first(failed, "test", evaluation.now())));

        assertThat(evaluation.deadLetters(Topic.TAG_DISCOVERED)).isEmpty();
        assertThat(evaluation.said()).isEmpty();
    }

    /** P5: whatever happens inside one policy, that policy says so, and those of the same partition go on. */
    @Test
    void aFaultInsideOnePolicyMakesItInvalidAndNobodyElse() {
        var other = dev.tidemark.events.Target.parse("local/ImagePolicy/apps/other");
        evaluation.declare(other, FEED, ANY);
        evaluation.declareReflecting(ANY, "Always", Duration.ofMinutes(1));
        evaluation.said();
        evaluation.selections();

        // what follows it is beyond what an Instant holds
        evaluation.setClock(java.time.Instant.MAX.minusSeconds(30));
        evaluation.write(new Event.TagDiscovered(
                FEED, "1.1.0", "sha256:" + "a".repeat(64), Evaluation.scan(2), Scope.TAG, null));
        evaluation.setClock(Evaluation.NOON);

        assertThat(evaluation.said()).anyMatch(said -> said.startsWith("EvaluationFailed: cannot be decided: "));
        assertThat(evaluation.selections()).containsExactly(List.of("1.1.0"));

        evaluation.found(3, "1.2.0", Scope.TAG, null);
        assertThat(evaluation.selections()).contains(List.of("1.2.0"));
    }

    @Test
    void sequencesGrowAlsoWhenTheClockGoesBackwards() {
        evaluation.found(2, "1.1.0", Scope.TAG, null);
        evaluation.setClock(evaluation.now().minus(Duration.ofHours(3)));
        evaluation.found(3, "1.2.0", Scope.TAG, null);
        evaluation.restart();
        evaluation.found(4, "1.3.0", Scope.TAG, null);

        assertThat(evaluation.read(Topic.TAG_SELECTED))
                .extracting(record -> ((Event.TagSelected) record.value.event()).sequence())
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
