package dev.tidemark.policies.semver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.go.semver.Version;
import dev.tidemark.go.semver.VersionRange;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.policies.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:semver-range")
class SemverRangeVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("semver-range");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void judgesVersionsAsMastermindsDoes(VectorCase vector) {
        Parsed<VersionRange> parsed =
                Ranges.parse(vector.input().path("constraint").asText());

        switch (parsed) {
            case Parsed.Malformed<VersionRange>(String message) -> {
                assertThat(vector.error()).as(message).isTrue();
                assertThat(message).startsWith("improper constraint: ");
            }
            case Parsed.Value<VersionRange>(VersionRange range) -> {
                assertThat(vector.error()).isFalse();
                List<String> satisfying = new ArrayList<>();
                List<String> rejected = new ArrayList<>();
                List<String> unparsable = new ArrayList<>();
                for (String text : VectorCase.texts(vector.input().path("versions"))) {
                    Optional<Version> version = Version.parseTag(text);
                    (version.isEmpty() ? unparsable : range.contains(version.get()) ? satisfying : rejected).add(text);
                }
                assertThat(satisfying)
                        .isEqualTo(VectorCase.texts(vector.expected().path("satisfying")));
                assertThat(rejected)
                        .isEqualTo(VectorCase.texts(vector.expected().path("rejected")));
                assertThat(unparsable)
                        .isEqualTo(VectorCase.texts(vector.expected().path("unparsable")));
            }
        }
    }
}
