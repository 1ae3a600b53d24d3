package dev.tidemark.policies.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.policies.decide.Decision.Movement;
import dev.tidemark.policies.decide.DecisionInput.Presence;
import dev.tidemark.policies.gate.AllowDowngrade;
import dev.tidemark.policies.gate.Check;
import dev.tidemark.policies.gate.Freeze;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.gate.Hold;
import dev.tidemark.policies.gate.MinimumAge;
import dev.tidemark.policies.gate.TagFacts;
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
        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(new Decision.Keep("1.1.0", Optional.empty()));
        assertThat(decide("1.1.0", "1.2.0")).isEqualTo(new Decision.Select("1.2.0", published, Movement.UP));
    }

    @Test
    void asksBeforeItGoesBackwards() {
        published = Optional.of("1.5.0");

        assertThat(decide("1.4.0"))
                .isEqualTo(new Decision.Waits(new HeldBack(
                        new HeldBack.Reason("AwaitingConfirmation", "AWAITING_CONFIRMATION"),
                        "1.5.0 is not listed any more: 1.4.0 is selected when the registry confirms that it is gone",
                        Optional.empty(),
                        Optional.of(new Check("1.5.0", CheckPurpose.CONFIRM_GONE)))));
        presence = Presence.CONFIRMED_GONE;
        assertThat(decide("1.4.0")).isEqualTo(new Decision.Select("1.4.0", published, Movement.DOWN));
    }

    @Test
    void obeysTheDowngradeRule() {
        published = Optional.of("1.5.0");

        annotations.put(AllowDowngrade.ANNOTATION, "always");
        assertThat(decide("1.4.0")).isEqualTo(new Decision.Select("1.4.0", published, Movement.DOWN));
        annotations.put(AllowDowngrade.ANNOTATION, "never");
        presence = Presence.CONFIRMED_GONE;
        assertThat(decide("1.4.0")).isEqualTo(forbidden("1.5.0"));
    }

    @Test
    void followsAnEditedPolicyDownwards() {
        published = Optional.of("2.0.0");
        policy = semver("1.x");

        assertThat(decide("1.4.0", "2.0.0")).isEqualTo(new Decision.Select("1.4.0", published, Movement.DOWN));
        annotations.put(AllowDowngrade.ANNOTATION, "never");
        assertThat(decide("1.4.0", "2.0.0")).isEqualTo(forbidden("2.0.0"));
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
        annotations.put(MinimumAge.ANNOTATION, "major=72h,minor=24h,patch=1h");
        published = Optional.of("1.4.2");
        firstSeen.put("2.0.0", NOW.minus(Duration.ofHours(71)));
        firstSeen.put("1.4.3", NOW.minus(Duration.ofHours(2)));

        Outcome outcome = outcome("1.4.2", "1.4.3", "2.0.0");

        assertThat(outcome.decision()).isEqualTo(new Decision.Select("1.4.3", published, Movement.UP));
        assertThat(outcome.evaluateAgainAt()).contains(NOW.plus(Duration.ofHours(1)));
        assertThat(outcome.remarks())
                .containsExactly(
                        new Remark("2.0.0", new Why.Held(tooYoung("2.0.0", NOW.plus(Duration.ofHours(1))))),
                        new Remark("1.4.3", Why.Plain.SELECTED));
        assertThat(decide("1.4.2", "2.0.0"))
                .isEqualTo(new Decision.Keep("1.4.2", Optional.of(tooYoung("2.0.0", NOW.plus(Duration.ofHours(1))))));
        now = NOW.plus(Duration.ofHours(1));
        assertThat(decide("1.4.2", "2.0.0")).isEqualTo(new Decision.Select("2.0.0", published, Movement.UP));
    }

    @Test
    void takesTagsOfUnknownAgeForOldAndAClockGoneBackForNow() {
        annotations.put(MinimumAge.ANNOTATION, "24h");
        published = Optional.of("1.0.0");
        firstSeen.put("1.2.0", NOW.plus(Duration.ofDays(300)));

        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(new Decision.Select("1.1.0", published, Movement.UP));
        assertThat(decide("1.0.0", "1.2.0"))
                .isEqualTo(new Decision.Keep("1.0.0", Optional.of(tooYoung("1.2.0", NOW.plus(Duration.ofHours(24))))));
    }

    @Test
    void admitsAYoungTagByATimerWithOneComparison() {
        annotations.put(MinimumAge.ANNOTATION, "1h");
        published = Optional.of("1.0.0");
        SelectorState selector = outcome("1.0.0").selector().orElseThrow();
        firstSeen.put("1.1.0", NOW);

        Outcome young = outcome(new Candidates.Added(selector, "1.1.0"));
        assertThat(young.decision())
                .isEqualTo(new Decision.Keep("1.0.0", Optional.of(tooYoung("1.1.0", NOW.plus(Duration.ofHours(1))))));
        assertThat(young.selector()).contains(selector);

        now = NOW.plus(Duration.ofHours(1));
        assertThat(outcome(new Candidates.Added(selector, "1.1.0")).decision())
                .isEqualTo(new Decision.Select("1.1.0", published, Movement.UP));
    }

    @Test
    void skipsBadVersionsAndStepsBackFromThem() {
        annotations.put(Hold.ANNOTATION, "!1.5.0,!1.5.1");

        assertThat(decide("1.4.0", "1.5.0", "1.5.1"))
                .isEqualTo(new Decision.Select("1.4.0", Optional.empty(), Movement.FIRST));
        published = Optional.of("1.5.0");
        assertThat(decide("1.4.0", "1.5.0")).isEqualTo(new Decision.Select("1.4.0", published, Movement.DOWN));
        published = Optional.of("1.4.0");
        assertThat(decide("1.4.0", "1.5.0"))
                .isEqualTo(new Decision.Keep(
                        "1.4.0", Optional.of(because("Held", "SKIPPED", "1.5.0 is skipped by tidemark.dev/hold"))));
    }

    @Test
    void staysOnOrGoesToTheHeldVersion() {
        annotations.put(Hold.ANNOTATION, "1.4.2");
        HeldBack held = because("Held", "HELD", "held on 1.4.2; 1.5.0 waits for the release");

        published = Optional.of("1.4.2");
        assertThat(decide("1.4.2", "1.5.0")).isEqualTo(new Decision.Keep("1.4.2", Optional.of(held)));
        assertThat(decide("1.4.2")).isEqualTo(new Decision.Keep("1.4.2", Optional.empty()));
        published = Optional.of("1.5.0");
        assertThat(decide("1.4.2", "1.5.0")).isEqualTo(new Decision.Select("1.4.2", published, Movement.AS_ORDERED));
        assertThat(decide("1.5.0")).isEqualTo(new Decision.Keep("1.5.0", Optional.of(held)));
    }

    @Test
    void selectsNothingInAFreeze() {
        annotations.put(Freeze.ANNOTATION, "0 18 * * 5 +62h Europe/Berlin");
        published = Optional.of("1.0.0");
        Instant monday = Instant.parse("2026-11-23T07:00:00Z");

        Outcome outcome = outcome("1.0.0", "1.1.0");

        assertThat(outcome.decision())
                .isEqualTo(new Decision.Waits(new HeldBack(
                        new HeldBack.Reason("Frozen", "FROZEN"),
                        "1.1.0 waits: frozen until 2026-11-23T07:00:00Z",
                        Optional.of(monday),
                        Optional.empty())));
        assertThat(outcome.evaluateAgainAt()).contains(monday);
        now = monday;
        assertThat(outcome(new Candidates.Unchanged(outcome.selector().orElseThrow()))
                        .decision())
                .isEqualTo(new Decision.Select("1.1.0", published, Movement.UP));
    }

    @Test
    void letsAHeldVersionThroughAFreezeButNotThroughAStop() {
        annotations.put(Freeze.ANNOTATION, "0 0 * * * +24h");
        annotations.put(Hold.ANNOTATION, "1.0.0");
        published = Optional.of("1.1.0");

        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(new Decision.Select("1.0.0", published, Movement.AS_ORDERED));
        stop = Optional.of("registry was breached");
        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(stopped("registry was breached", "1.0.0"));
    }

    @Test
    void stopsEverything() {
        stop = Optional.of("incident 7");
        published = Optional.of("1.0.0");

        assertThat(decide("1.0.0", "1.1.0")).isEqualTo(stopped("incident 7", "1.1.0"));
        assertThat(decide("1.0.0")).isEqualTo(new Decision.Keep("1.0.0", Optional.empty()));
    }

    @Test
    void refusesWrongAnnotationsWithARemedy() {
        annotations.putAll(Map.of(
                AllowDowngrade.ANNOTATION,
                "yes",
                MinimumAge.ANNOTATION,
                "major=3days",
                Hold.ANNOTATION,
                "1.0.0,!1.1.0",
                Freeze.ANNOTATION,
                "18:00 +2h",
                "other.example/anything",
                "?"));

        assertThat(decide("1.0.0")).isInstanceOfSatisfying(Decision.InvalidAnnotation.class, invalid -> {
            assertThat(invalid.mistakes())
                    .extracting(Gates.Mistake::annotation)
                    .containsExactly(
                            AllowDowngrade.ANNOTATION, Hold.ANNOTATION, MinimumAge.ANNOTATION, Freeze.ANNOTATION);
            assertThat(invalid.mistakes()).extracting(Gates.Mistake::remedy).allSatisfy(remedy -> assertThat(remedy)
                    .isNotBlank());
        });
    }

    @Test
    void refusesAMisspeltAnnotationOfOurs() {
        annotations.put("tidemark.dev/minimumage", "24h");

        assertThat(decide("1.0.0"))
                .isEqualTo(new Decision.InvalidAnnotation(List.of(new Gates.Mistake(
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
        annotations.put(MinimumAge.ANNOTATION, "1h");
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
    void asksForAFullPassWhenAGateHoldsBackWhatItAdmitted() {
        annotations.put(MinimumAge.ANNOTATION, "1h");
        published = Optional.of("1.0.0");
        firstSeen.put("1.1.0", NOW.minus(Duration.ofHours(1)));
        SelectorState selector = outcome("1.0.0", "1.1.0").selector().orElseThrow();

        now = NOW.minus(Duration.ofMinutes(1));
        assertThat(outcome(new Candidates.Unchanged(selector)).decision())
                .isEqualTo(new Decision.FullPassRequired(Decision.FullPassCause.GATE_HOLDS_DECISIVE_TAG_BACK));
    }

    @Test
    void remarksWhyAnAddedTagChangesNothing() {
        published = Optional.of("1.1.0");
        SelectorState selector = outcome("1.1.0").selector().orElseThrow();

        assertThat(whyOf(selector, "1.0.0")).isEqualTo(Why.Plain.LOWER);
        assertThat(whyOf(selector, "0.9.0")).isEqualTo(Why.Plain.OUT_OF_RANGE);
        assertThat(whyOf(selector, "2.0.0-rc.1")).isEqualTo(Why.Plain.PRE_RELEASE_NOT_WANTED);
        assertThat(whyOf(selector, "latest")).isEqualTo(Why.Plain.NOT_A_VERSION);
    }

    private Why whyOf(SelectorState selector, String tag) {
        return outcome(new Candidates.Added(selector, tag)).remarks().stream()
                .filter(remark -> remark.tag().equals(tag))
                .findFirst()
                .orElseThrow()
                .why();
    }

    private static HeldBack because(String reason, String remark, String sentence) {
        return new HeldBack(new HeldBack.Reason(reason, remark), sentence, Optional.empty(), Optional.empty());
    }

    private static HeldBack tooYoung(String tag, Instant until) {
        return new HeldBack(
                new HeldBack.Reason("TooYoung", "TOO_YOUNG"),
                tag + " is too young until " + until,
                Optional.of(until),
                Optional.empty());
    }

    private static Decision forbidden(String published) {
        return new Decision.Waits(because(
                "DowngradeForbidden",
                "DOWNGRADE_FORBIDDEN",
                "all listed tags are lower than " + published + ", and tidemark.dev/allow-downgrade says never"));
    }

    private static Decision stopped(String reason, String tag) {
        return new Decision.Waits(because(
                "Halted",
                "STOPPED",
                tag + " waits: all updates are halted (" + reason + "); tidemark halt --lift goes on"));
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
                Gates.read(annotations),
                published,
                candidates,
                presence,
                now,
                tag -> new TagFacts(Optional.ofNullable(firstSeen.get(tag)), Optional.empty()),
                stop);
    }

    private static TagPolicy semver(String range) {
        return ((Compilation.Compiled) TagPolicy.compile(new PolicySpec(new PolicyRule.Semver(range), TagFilter.NONE)))
                .policy();
    }
}
