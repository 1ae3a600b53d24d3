package dev.tidemark.policies.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.policies.decide.Decision.KeepReason;
import dev.tidemark.policies.decide.Decision.Movement;
import dev.tidemark.policies.decide.DecisionInput.Presence;
import dev.tidemark.policies.decide.Remark.Why;
import dev.tidemark.policies.select.Compilation;
import dev.tidemark.policies.select.PolicySpec;
import dev.tidemark.policies.select.Selection;
import dev.tidemark.policies.select.TagPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeciderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Map<String, Instant> firstSeen = new HashMap<>();
    private final Map<String, String> annotations = new HashMap<>();
    private TagPolicy policy = semver(">=1.0.0");
    private Optional<String> published = Optional.empty();
    private Presence presence = Presence.UNKNOWN;
    private Instant now = NOW;
    private Optional<String> stop = Optional.empty();

    @Test
    void selectsTheFirstTagAndThenOnlyUpwards() {
        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(new Decision.Select("1.1.0", Optional.empty(), Movement.FIRST));

        published = Optional.of("1.1.0");
        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(new Decision.Keep("1.1.0", KeepReason.STILL_BEST));
        assertThat(decide("1.1.0", "1.2.0")).isEqualTo(new Decision.Select("1.2.0", published, Movement.UP));
    }

    @Test
    void asksBeforeItGoesBackwards() {
        published = Optional.of("1.5.0");

        assertThat(decide("1.4.0")).isEqualTo(new Decision.AwaitConfirmation("1.5.0", "1.4.0"));
        presence = Presence.CONFIRMED_GONE;
        assertThat(decide("1.4.0")).isEqualTo(new Decision.Select("1.4.0", published, Movement.DOWN));
    }

    @Test
    void obeysTheDowngradeRule() {
        published = Optional.of("1.5.0");

        annotations.put(Rules.ALLOW_DOWNGRADE, "always");
        assertThat(decide("1.4.0")).isEqualTo(new Decision.Select("1.4.0", published, Movement.DOWN));
        annotations.put(Rules.ALLOW_DOWNGRADE, "never");
        presence = Presence.CONFIRMED_GONE;
        assertThat(decide("1.4.0")).isEqualTo(new Decision.Keep("1.5.0", KeepReason.DOWNGRADE_FORBIDDEN));
    }

    @Test
    void followsAnEditedPolicyDownwards() {
        published = Optional.of("2.0.0");
        policy = semver("1.x");

        assertThat(decide("1.4.0", "2.0.0")).isEqualTo(new Decision.Select("1.4.0", published, Movement.DOWN));
        annotations.put(Rules.ALLOW_DOWNGRADE, "never");
        assertThat(decide("1.4.0", "2.0.0")).isEqualTo(new Decision.Keep("2.0.0", KeepReason.DOWNGRADE_FORBIDDEN));
    }

    @Test
    void replacesWhatMeansNothingToThePolicy() {
        published = Optional.of("main-abc");

        assertThat(decide("1.4.0")).isEqualTo(new Decision.Select("1.4.0", published, Movement.REPLACED));
    }

    @Test
    void keepsWhatIsPublishedWhenNothingFits() {
        published = Optional.of("1.5.0");

        assertThat(decide("latest"))
                .isEqualTo(new Decision.Nothing(new Selection.NothingMatches(Selection.Cause.NONE_FITS)));
        assertThat(decide())
                .isEqualTo(new Decision.Nothing(new Selection.NothingMatches(Selection.Cause.NO_CANDIDATES)));
    }

    @Test
    void waitsForTheAgeOfTheKindOfStep() {
        annotations.put(Rules.MINIMUM_AGE, "major=72h,minor=24h,patch=1h");
        published = Optional.of("1.4.2");
        firstSeen.put("2.0.0", NOW.minus(Duration.ofHours(71)));
        firstSeen.put("1.4.3", NOW.minus(Duration.ofHours(2)));

        Outcome outcome = outcome("1.4.2", "1.4.3", "2.0.0");

        assertThat(outcome.decision()).isEqualTo(new Decision.Select("1.4.3", published, Movement.UP));
        assertThat(outcome.evaluateAgainAt()).contains(NOW.plus(Duration.ofHours(1)));
        assertThat(outcome.remarks())
                .containsExactly(
                        new Remark("2.0.0", Why.TOO_YOUNG, Optional.of(NOW.plus(Duration.ofHours(1)))),
                        new Remark("1.4.3", Why.SELECTED, Optional.empty()));
        assertThat(decide("1.4.2", "2.0.0")).isEqualTo(new Decision.TooYoung("2.0.0", NOW.plus(Duration.ofHours(1))));
        now = NOW.plus(Duration.ofHours(1));
        assertThat(decide("1.4.2", "2.0.0")).isEqualTo(new Decision.Select("2.0.0", published, Movement.UP));
    }

    @Test
    void takesTagsOfUnknownAgeForOldAndAClockGoneBackForNow() {
        annotations.put(Rules.MINIMUM_AGE, "24h");
        published = Optional.of("1.0.0");
        firstSeen.put("1.2.0", NOW.plus(Duration.ofDays(300)));

        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(new Decision.Select("1.1.0", published, Movement.UP));
        assertThat(decide("1.0.0", "1.2.0")).isEqualTo(new Decision.TooYoung("1.2.0", NOW.plus(Duration.ofHours(24))));
    }

    @Test
    void admitsAYoungTagByATimerWithOneComparison() {
        annotations.put(Rules.MINIMUM_AGE, "1h");
        published = Optional.of("1.0.0");
        SelectorState selector = outcome("1.0.0").selector().orElseThrow();
        firstSeen.put("1.1.0", NOW);

        Outcome young = outcome(new Candidates.Added(selector, "1.1.0"));
        assertThat(young.decision()).isEqualTo(new Decision.TooYoung("1.1.0", NOW.plus(Duration.ofHours(1))));
        assertThat(young.selector()).contains(selector);

        now = NOW.plus(Duration.ofHours(1));
        assertThat(outcome(new Candidates.Added(selector, "1.1.0")).decision())
                .isEqualTo(new Decision.Select("1.1.0", published, Movement.UP));
    }

    @Test
    void skipsBadVersionsAndStepsBackFromThem() {
        annotations.put(Rules.HOLD, "!1.5.0,!1.5.1");

        assertThat(decide("1.4.0", "1.5.0", "1.5.1"))
                .isEqualTo(new Decision.Select("1.4.0", Optional.empty(), Movement.FIRST));
        published = Optional.of("1.5.0");
        assertThat(decide("1.4.0", "1.5.0")).isEqualTo(new Decision.Select("1.4.0", published, Movement.DOWN));
        published = Optional.of("1.4.0");
        assertThat(decide("1.4.0", "1.5.0"))
                .isEqualTo(
                        new Decision.Held(new Hold.Skip(List.of("1.5.0", "1.5.1")), published, Optional.of("1.5.0")));
    }

    @Test
    void staysOnOrGoesToTheHeldVersion() {
        annotations.put(Rules.HOLD, "1.4.2");
        Hold hold = new Hold.StayOn("1.4.2");

        published = Optional.of("1.4.2");
        assertThat(decide("1.4.2", "1.5.0")).isEqualTo(new Decision.Held(hold, published, Optional.of("1.5.0")));
        assertThat(decide("1.4.2")).isEqualTo(new Decision.Keep("1.4.2", KeepReason.STILL_BEST));
        published = Optional.of("1.5.0");
        assertThat(decide("1.4.2", "1.5.0"))
                .isEqualTo(new Decision.Select("1.4.2", published, Movement.TO_HELD_VERSION));
        assertThat(decide("1.5.0")).isEqualTo(new Decision.Held(hold, published, Optional.of("1.5.0")));
    }

    @Test
    void selectsNothingInAFreeze() {
        annotations.put(Rules.FREEZE, "0 18 * * 5 +62h Europe/Berlin");
        published = Optional.of("1.0.0");
        Instant monday = Instant.parse("2026-11-23T07:00:00Z");

        Outcome outcome = outcome("1.0.0", "1.1.0");

        assertThat(outcome.decision()).isEqualTo(new Decision.Frozen(monday, "1.1.0"));
        assertThat(outcome.evaluateAgainAt()).contains(monday);
        now = monday;
        assertThat(outcome(new Candidates.Unchanged(outcome.selector().orElseThrow()))
                        .decision())
                .isEqualTo(new Decision.Select("1.1.0", published, Movement.UP));
    }

    @Test
    void letsAHeldVersionThroughAFreezeButNotThroughAStop() {
        annotations.put(Rules.FREEZE, "0 0 * * * +24h");
        annotations.put(Rules.HOLD, "1.0.0");
        published = Optional.of("1.1.0");

        assertThat(decide("1.0.0", "1.1.0"))
                .isEqualTo(new Decision.Select("1.0.0", published, Movement.TO_HELD_VERSION));
        stop = Optional.of("registry was breached");
        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(new Decision.Stopped("registry was breached", "1.0.0"));
    }

    @Test
    void stopsEverything() {
        stop = Optional.of("incident 7");
        published = Optional.of("1.0.0");

        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(new Decision.Stopped("incident 7", "1.1.0"));
        assertThat(decide("1.0.0")).isEqualTo(new Decision.Keep("1.0.0", KeepReason.STILL_BEST));
    }

    @Test
    void refusesWrongAnnotationsWithARemedy() {
        annotations.putAll(Map.of(
                Rules.ALLOW_DOWNGRADE,
                "yes",
                Rules.MINIMUM_AGE,
                "major=3days",
                Rules.HOLD,
                "1.0.0,!1.1.0",
                Rules.FREEZE,
                "18:00 +2h",
                "other.example/anything",
                "?"));

        assertThat(decide("1.0.0")).isInstanceOfSatisfying(Decision.InvalidAnnotation.class, invalid -> {
            assertThat(invalid.mistakes())
                    .extracting(Rules.Mistake::annotation)
                    .containsExactly(Rules.ALLOW_DOWNGRADE, Rules.MINIMUM_AGE, Rules.HOLD, Rules.FREEZE);
            assertThat(invalid.mistakes()).extracting(Rules.Mistake::remedy).allSatisfy(remedy -> assertThat(remedy)
                    .isNotBlank());
        });
    }

    @Test
    void refusesAMisspeltAnnotationOfOurs() {
        annotations.put("tidemark.dev/minimumage", "24h");

        assertThat(decide("1.0.0"))
                .isEqualTo(new Decision.InvalidAnnotation(List.of(new Rules.Mistake(
                        "tidemark.dev/minimumage",
                        "24h",
                        "there is no such annotation: did you mean tidemark.dev/minimum-age?"))));
    }

    @Test
    void refusesAStandingOfOtherAnnotationsOrAnotherPolicy() {
        SelectorState selector = outcome("1.0.0").selector().orElseThrow();
        Decision fullPass = new Decision.FullPassRequired(Decision.FullPassCause.POLICY_OR_ANNOTATIONS_DIFFER);

        policy = semver(">=1.0.1");
        assertThat(outcome(new Candidates.Added(selector, "1.1.0")).decision()).isEqualTo(fullPass);
        policy = semver(">=1.0.0");
        annotations.put(Rules.MINIMUM_AGE, "1h");
        assertThat(outcome(new Candidates.Unchanged(selector)).decision()).isEqualTo(fullPass);
    }

    @Test
    void asksForAFullPassWhenTheSelectionIsNoLongerListed() {
        SelectorState selector = outcome("1.0.0", "1.1.0").selector().orElseThrow();

        assertThat(outcome(new Candidates.Removed(selector, "1.1.0")).decision())
                .isEqualTo(new Decision.FullPassRequired(Decision.FullPassCause.DECISIVE_TAG_REMOVED));
        assertThat(outcome(new Candidates.Removed(selector, "1.0.0")).decision())
                .isInstanceOf(Decision.Select.class);
    }

    @Test
    void remarksWhyAnAddedTagChangesNothing() {
        published = Optional.of("1.1.0");
        SelectorState selector = outcome("1.1.0").selector().orElseThrow();

        assertThat(whyOf(selector, "1.0.0")).isEqualTo(Why.LOWER);
        assertThat(whyOf(selector, "0.9.0")).isEqualTo(Why.OUT_OF_RANGE);
        assertThat(whyOf(selector, "2.0.0-rc.1")).isEqualTo(Why.PRE_RELEASE_NOT_WANTED);
        assertThat(whyOf(selector, "latest")).isEqualTo(Why.NOT_A_VERSION);
    }

    private Why whyOf(SelectorState selector, String tag) {
        return outcome(new Candidates.Added(selector, tag)).remarks().stream()
                .filter(remark -> remark.tag().equals(tag))
                .findFirst()
                .orElseThrow()
                .why();
    }

    @Test
    void explainsWhyAndWhyNot() {
        annotations.put(Rules.HOLD, "!1.5.0");
        annotations.put(Rules.MINIMUM_AGE, "24h");
        published = Optional.of("1.4.0");
        firstSeen.put("1.6.0", NOW);
        List<String> tags =
                List.of("1.3.0", "1.4.0", "v1.4.0+b", "1.4.2", "1.5.0", "1.6.0", "0.1.0", "2.0.0-rc.1", "latest");

        assertThat(why(tags, "1.4.2")).isEqualTo(Why.SELECTED);
        assertThat(why(tags, "1.3.0")).isEqualTo(Why.LOWER);
        assertThat(why(tags, "1.5.0")).isEqualTo(Why.SKIPPED);
        assertThat(why(tags, "1.6.0")).isEqualTo(Why.TOO_YOUNG);
        assertThat(why(tags, "0.1.0")).isEqualTo(Why.OUT_OF_RANGE);
        assertThat(why(tags, "2.0.0-rc.1")).isEqualTo(Why.PRE_RELEASE_NOT_WANTED);
        assertThat(why(tags, "latest")).isEqualTo(Why.NOT_A_VERSION);
        assertThat(why(tags, "9.9.9")).isEqualTo(Why.NOT_LISTED);
        assertThat(sentence(tags, "1.4.2")).isEqualTo("1.4.2 is the choice of the policy (a patch step from 1.4.0)");
        assertThat(sentence(tags, "1.6.0")).endsWith(" (a minor step from 1.4.0)");
        assertThat(sentence(tags, "1.3.0")).doesNotContain("step");
        assertThat(Explanation.explain(policy, List.of("1.0.0", "v1.0.0"), "1.0.0"))
                .isEqualTo(new Explanation(
                        new Remark("1.0.0", Why.SAME_RANK, Optional.empty()),
                        Optional.of("v1.0.0"),
                        "1.0.0 ranks the same, a fixed rule prefers the other; v1.0.0 stays or is selected"));
    }

    private String sentence(List<String> tags, String tag) {
        return Explanation.explain(input(new Candidates.All(tags)), tags, tag).sentence();
    }

    private Why why(List<String> tags, String tag) {
        Explanation explanation = Explanation.explain(input(new Candidates.All(tags)), tags, tag);
        assertThat(explanation.sentence()).startsWith(tag);
        return explanation.remark().why();
    }

    private Decision decide(String... tags) {
        return outcome(tags).decision();
    }

    private Outcome outcome(String... tags) {
        return outcome(new Candidates.All(List.of(tags)));
    }

    private Outcome outcome(Candidates candidates) {
        return Decider.decide(input(candidates));
    }

    private DecisionInput input(Candidates candidates) {
        return new DecisionInput(
                policy,
                Rules.read(annotations),
                published,
                candidates,
                presence,
                now,
                tag -> Optional.ofNullable(firstSeen.get(tag)),
                stop);
    }

    private static TagPolicy semver(String range) {
        return ((Compilation.Compiled) TagPolicy.compile(new PolicySpec(new PolicyRule.Semver(range), TagFilter.NONE)))
                .policy();
    }
}
