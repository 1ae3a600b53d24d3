package dev.tidemark.go.semver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.go.verdicts.VectorCase;
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
        String constraint = vector.input().path("constraint").asText();
        if (vector.error()) {
            assertThatThrownBy(() -> VersionRange.parse(constraint)).isInstanceOf(VersionRangeException.class);
            return;
        }
        VersionRange range = VersionRange.parse(constraint);
        List<String> satisfying = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        List<String> unparsable = new ArrayList<>();
        for (String text : VectorCase.texts(vector.input().path("versions"))) {
            Optional<Version> version = Version.parseTag(text);
            (version.isEmpty() ? unparsable : range.contains(version.get()) ? satisfying : rejected).add(text);
        }
        assertThat(satisfying).isEqualTo(VectorCase.texts(vector.expected().path("satisfying")));
        assertThat(rejected).isEqualTo(VectorCase.texts(vector.expected().path("rejected")));
        assertThat(unparsable).isEqualTo(VectorCase.texts(vector.expected().path("unparsable")));
    }
}
