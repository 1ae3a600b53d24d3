package dev.tidemark.policies.semver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.go.semver.Version;
import dev.tidemark.go.semver.VersionRange;
import dev.tidemark.policies.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {

    @Test
    void answersHostileTextsOfFullLengthWithoutBacktracking() {
        for (String part : new String[] {">=1 ", "1-a.", "|", "x - x ", "0.", "~>", " ", "1,", "-", "v"}) {
            String hostile = part.repeat(VersionRange.MAX_BYTES / part.length());
            Parsed<VersionRange> parsed = Ranges.parse(hostile);
            boolean wellFormed = part.equals(">=1 ") || part.equals("x - x ");
            assertThat(parsed instanceof Parsed.Value).as(part).isEqualTo(wellFormed);
        }
        assertThat(Ranges.parse("1".repeat(VersionRange.MAX_BYTES + 1))).isInstanceOf(Parsed.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1.x, 1.2.0, INSIDE",
        "1.x, 2.0.0, OUTSIDE",
        "1.x, 1.2.0-rc.1, PRE_RELEASE_NOT_WANTED",
        "1.x, 2.1.0-rc.1, OUTSIDE",
        "1.x-0 || 2.x, 2.1.0-a, PRE_RELEASE_NOT_WANTED",
        "1.x-0 || 2.x, 2.0.0-a, OUTSIDE",
        "1.x-0 || 2.x, 1.0.0-a, INSIDE"
    })
    void tellsWhyAVersionIsOutside(String range, String version, VersionRange.Verdict expected) {
        Parsed<VersionRange.Verdict> verdict = Ranges.parse(range)
                .map(parsed -> parsed.judge(Version.parseTag(version).orElseThrow()));

        assertThat(verdict).isEqualTo(Parsed.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3, 2.0.0, MAJOR",
        "1.2.3, 1.3.0, MINOR",
        "v1.2.3, 1.2.4, PATCH",
        "2.0.0, 1.0.0, MAJOR",
        "1.2.3-rc.1, 1.2.3, PRE_RELEASE",
        "1.2.3+a, 1.2.3+b, BUILD",
        "1.2.3, v01.2.3, NONE",
        "latest, 1.2.3, UNKNOWN",
        "20240102030405.0.0, 1.0.0, UNKNOWN",
        "1.0.0-99999999999999999999, 1.0.0-1, PRE_RELEASE"
    })
    void namesTheKindOfStep(String from, String to, VersionStep expected) {
        assertThat(VersionStep.between(from, to)).isEqualTo(expected);
    }
}
