package dev.tidemark.gotemplates.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.gotemplates.error.TemplateExecutionException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The versions of {@code semver}, which reads them leniently. */
@Tag("vectors:semver-version")
class SemverVersionVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("semver-version");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsVersionsAsGo(VectorCase vector) {
        Map<String, String> data = Map.of("v", vector.input().path("version").asText());
        JsonNode expected = vector.expected().path("lenient");
        if (expected.isNull()) {
            assertThatThrownBy(() -> Asked.text("semver .v", data)).isInstanceOf(TemplateExecutionException.class);
            return;
        }
        for (String part : List.of("Major", "Minor", "Patch", "Prerelease", "Metadata", "Original")) {
            assertThat(Asked.text("(semver .v)." + part, data))
                    .as(part)
                    .isEqualTo(expected.path(part.toLowerCase(java.util.Locale.ROOT))
                            .asText());
        }
        assertThat(Asked.text("semver .v", data))
                .isEqualTo(expected.path("normalized").asText());
    }
}
