package dev.tidemark.policies.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.semver.VersionStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** As a policy with {@code extract: '$version'} sees it. */
    private static final Candidate EXTRACTED = new Candidate("main-0af3-1.5.0", "1.5.0");

    @ParameterizedTest
    @CsvSource({"main-0af3-1.5.0, true", "1.5.0, true", "1.5, false", "main-0af3, false"})
    void aVersionIsNamedByItsTagOrByWhatTheFilterExtracts(String version, boolean named) {
        Gate skip = new Hold.Skip(List.of("0.9.0", version));

        assertThat(asked(skip, EXTRACTED))
                .isEqualTo(
                        named
                                ? HeldBack.of(
                                        new HeldBack.Reason("Held", "SKIPPED"),
                                        "main-0af3-1.5.0 is skipped by tidemark.dev/hold")
                                : Admission.ADMITTED);
        assertThat(skip.abandons(EXTRACTED)).isEqualTo(named);
        assertThat(new Hold.StayOn(version).names(EXTRACTED)).isEqualTo(named);
    }

    @Test
    void whatIsSkippedIsNoOrder() {
        assertThat(new Hold.Skip(List.of("1.5.0")).order()).isEmpty();
    }

    /** A person who asks for a version gets it; where it is not listed, what is published stays. */
    @Test
    void anOrderHoldsNothingBackAndAbandonsNothing() {
        Hold.StayOn stay = new Hold.StayOn("1.4.2");

        assertThat(stay.order()).containsSame(stay);
        assertThat(asked(stay, EXTRACTED)).isEqualTo(Admission.ADMITTED);
        assertThat(stay.abandons(EXTRACTED)).isFalse();
        HeldBack.Reason held = new HeldBack.Reason("Held", "HELD");
        assertThat(stay.waits(Optional.of("1.5.0")))
                .isEqualTo(HeldBack.of(held, "held on 1.4.2; 1.5.0 waits for the release"));
        assertThat(stay.waits(Optional.empty())).isEqualTo(HeldBack.of(held, "held on 1.4.2"));
    }

    @Test
    void readsOneVersionToStayOnOrAnyToSkip() {
        assertThat(read(" 1.4.2 ")).isEqualTo(Parsed.of(new Hold.StayOn("1.4.2")));
        assertThat(read("!1.5.0")).isEqualTo(Parsed.of(new Hold.Skip(List.of("1.5.0"))));
        assertThat(read(" !1.5.0 , ! 1.5.1 ")).isEqualTo(Parsed.of(new Hold.Skip(List.of("1.5.0", "1.5.1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.4.2,1.4.3", "1.4.2,", "1.4.2,!1.5.0", "!1.5.0,1.4.2", "!", "!!1.5.0", "!1.5.0,", "!1.5.0,!"})
    void refusesWhatNamesNoVersionOrTwoToStayOn(String text) {
        assertThat(read(text))
                .isEqualTo(Parsed.malformed("write the one version to stay on, such as 1.4.2, or the versions to skip,"
                        + " such as !1.5.0,!1.5.1"));
    }

    @Test
    void listsHaveNoOneVersion() {
        assertThat(Gates.readForList(Map.of(Hold.ANNOTATION, "!1.5.0"))).isInstanceOf(Gates.Reading.Invalid.class);
    }

    private static Parsed<Gate> read(String text) {
        return Hold.KIND.parser().apply(text);
    }

    private static Admission asked(Gate gate, Candidate candidate) {
        return gate.candidate(
                new Proposed(candidate, Optional.of("main-ffff-1.4.0"), VersionStep.MINOR, TagFacts.UNKNOWN, NOON));
    }
}
