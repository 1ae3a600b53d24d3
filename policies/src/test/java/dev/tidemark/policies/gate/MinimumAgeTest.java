package dev.tidemark.policies.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.semver.VersionStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinimumAgeTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String TAG = "1.1.0";

    @ParameterizedTest
    @CsvSource({"MAJOR, 72", "MINOR, 24", "PATCH, 1", "PRE_RELEASE, 2", "NONE, 5", "BUILD, 5", "UNKNOWN, 5"})
    void eachKindOfStepHasItsAge(VersionStep step, int hours) {
        Gate gate = parsed("major=72h, minor=24h ,patch=1h,prerelease=2h,other=5h");
        Instant ripe = NOON.plus(Duration.ofHours(hours));

        assertThat(asked(gate, step, seen(NOON), NOON))
                .isEqualTo(HeldBack.until(
                        ripe, new HeldBack.Reason("TooYoung", "TOO_YOUNG"), "1.1.0 is too young until " + ripe));
        assertThat(asked(gate, step, seen(NOON), ripe.minusNanos(1))).isInstanceOf(HeldBack.class);
        assertThat(asked(gate, step, seen(NOON), ripe)).isEqualTo(Admission.ADMITTED);
    }

    @ParameterizedTest
    @EnumSource
    void oneDurationIsForEveryKindOfStep(VersionStep step) {
        assertThat(asked(parsed(" 24h "), step, seen(NOON), NOON)).satisfies(until(NOON.plus(Duration.ofDays(1))));
    }

    /** Nobody can say how big such a step is, nor the first one: it may be the biggest. */
    @ParameterizedTest
    @EnumSource(names = {"NONE", "BUILD", "UNKNOWN"})
    void whatIsNoPlainStepWaitsAsLongAsTheLongestThatIsNamed(VersionStep step) {
        assertThat(asked(parsed("major=24h,minor=72h,patch=1h"), step, seen(NOON), NOON))
                .satisfies(until(NOON.plus(Duration.ofDays(3))));
    }

    @ParameterizedTest
    @EnumSource(names = {"MAJOR", "MINOR", "PATCH", "PRE_RELEASE"})
    void aKindThatIsNotNamedNeedsNoAge(VersionStep step) {
        assertThat(asked(parsed("other=72h"), step, seen(NOON), NOON)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void zeroIsAnAge() {
        Gate gate = parsed("major=72h,other=0s");

        assertThat(asked(gate, VersionStep.UNKNOWN, seen(NOON), NOON)).isEqualTo(Admission.ADMITTED);
        assertThat(asked(parsed("0s"), VersionStep.MAJOR, seen(NOON), NOON)).isEqualTo(Admission.ADMITTED);
    }

    /** An age that is written later takes nothing back that was selected without it. */
    @Test
    void whatIsPublishedStaysHoweverYoungItIs() {
        Gate gate = parsed("24h");
        Candidate candidate = new Candidate(TAG, TAG);

        assertThat(gate.candidate(new Proposed(candidate, Optional.of(TAG), VersionStep.NONE, seen(NOON), NOON)))
                .isEqualTo(Admission.ADMITTED);
        assertThat(gate.candidate(new Proposed(candidate, Optional.empty(), VersionStep.UNKNOWN, seen(NOON), NOON)))
                .isInstanceOf(HeldBack.class);
    }

    @Test
    void aTagOfUnknownAgeIsOldEnough() {
        assertThat(asked(parsed("24h"), VersionStep.MAJOR, TagFacts.UNKNOWN, NOON))
                .isEqualTo(Admission.ADMITTED);
    }

    @Test
    void aTagOfTheFutureIsOneOfNow() {
        assertThat(asked(parsed("24h"), VersionStep.MAJOR, seen(NOON.plus(Duration.ofDays(9))), NOON))
                .satisfies(until(NOON.plus(Duration.ofDays(1))));
    }

    @Test
    void listsHaveNoStep() {
        assertThat(Gates.readForList(Map.of(MinimumAge.ANNOTATION, "24h"))).isInstanceOf(Gates.Reading.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "24",
                "-1h",
                "major=",
                "major=-1h",
                "major=72h,",
                "major=72h,24h",
                "24h,major=72h",
                "=24h",
                "huge=24h",
                "Major=24h",
                "major=72h,major=72h",
                "minor=0s,minor=0s",
                "patch=1h,patch=2h",
                "prerelease=1h,prerelease=2h",
                "other=1h,other=2h"
            })
    void refusesWhatIsNoAge(String text) {
        assertThat(MinimumAge.KIND.parser().apply(text))
                .isInstanceOfSatisfying(Parsed.Malformed.class, malformed -> assertThat(malformed.message())
                        .contains("24h"));
    }

    private static Consumer<Admission> until(Instant end) {
        return admission -> assertThat(admission).isInstanceOfSatisfying(HeldBack.class, why -> assertThat(why.until())
                .contains(end));
    }

    private static Gate parsed(String text) {
        return ((Parsed.Value<Gate>) MinimumAge.KIND.parser().apply(text)).value();
    }

    private static Admission asked(Gate gate, VersionStep step, TagFacts facts, Instant now) {
        return gate.candidate(new Proposed(new Candidate(TAG, TAG), Optional.of("1.0.0"), step, facts, now));
    }

    private static TagFacts seen(Instant first) {
        return new TagFacts(Optional.of(first), Optional.empty());
    }
}
