package dev.tidemark.go.regexp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.go.verdicts.VectorCase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tags the patterns of an exclusion list leave. */
@Tag("vectors:exclusion-list")
class ExclusionListVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("exclusion-list");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void findsWhatGoFinds(VectorCase vector) {
        if (vector.error()) {
            List<String> entries = VectorCase.texts(vector.input().path("exclusionList"));
            assertThatThrownBy(() -> entries.forEach(GoPattern::compile)).isInstanceOf(GoPatternException.class);
            return;
        }
        List<GoPattern> patterns = VectorCase.texts(vector.expected().path("effectiveExclusionList")).stream()
                .map(GoPattern::compile)
                .toList();
        assertThat(VectorCase.texts(vector.input().path("tags")).stream().filter(tag -> patterns.stream()
                        .noneMatch(pattern -> pattern.matcher(tag).find())))
                .containsExactlyInAnyOrderElementsOf(
                        VectorCase.texts(vector.expected().path("storedTags")));
    }
}
