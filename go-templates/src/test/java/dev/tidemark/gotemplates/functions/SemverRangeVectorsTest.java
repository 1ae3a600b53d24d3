package dev.tidemark.gotemplates.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.gotemplates.error.TemplateExecutionException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ranges of {@code semverCompare} against what Go's library computed. */
@Tag("vectors:semver-range")
class SemverRangeVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("semver-range");
    }

    private static boolean contains(String constraint, String version) {
        return Asked.yes("semverCompare .range .version", Map.of("range", constraint, "version", version));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void comparesAsGo(VectorCase vector) {
        String constraint = vector.input().path("constraint").asText();
        if (vector.error()) {
            assertThatThrownBy(() -> contains(constraint, "1.0.0")).isInstanceOf(TemplateExecutionException.class);
            return;
        }
        List<String> satisfying = VectorCase.texts(vector.expected().path("satisfying"));
        List<String> rejected = VectorCase.texts(vector.expected().path("rejected"));
        assertThat(satisfying).allMatch(version -> contains(constraint, version));
        assertThat(rejected).noneMatch(version -> contains(constraint, version));
    }
}
