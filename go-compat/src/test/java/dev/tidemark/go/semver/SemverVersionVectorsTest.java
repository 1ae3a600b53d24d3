package dev.tidemark.go.semver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.go.verdicts.VectorCase;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:semver-version")
class SemverVersionVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("semver-version");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsVersionsAsFluxDoes(VectorCase vector) {
        String text = vector.input().path("version").asText();
        JsonNode lenient = vector.expected().path("lenient");

        Optional<Version> parsed = Version.parse(text);

        assertThat(Version.parseTag(text).isPresent())
                .isEqualTo(vector.expected().path("flux_ok").asBoolean());
        assertThat(Version.parseStrict(text).isPresent())
                .isEqualTo(vector.expected().path("strict_ok").asBoolean());
        assertThat(parsed.isPresent()).isEqualTo(!lenient.isNull());
        parsed.ifPresent(version -> {
            assertThat(Long.toUnsignedString(version.major()))
                    .isEqualTo(lenient.path("major").asText());
            assertThat(Long.toUnsignedString(version.minor()))
                    .isEqualTo(lenient.path("minor").asText());
            assertThat(Long.toUnsignedString(version.patch()))
                    .isEqualTo(lenient.path("patch").asText());
            assertThat(version.preRelease())
                    .isEqualTo(lenient.path("prerelease").asText());
            assertThat(version.metadata()).isEqualTo(lenient.path("metadata").asText());
            assertThat(version.normalized())
                    .isEqualTo(lenient.path("normalized").asText());
            assertThat(version.original()).isEqualTo(lenient.path("original").asText());
        });
    }
}
