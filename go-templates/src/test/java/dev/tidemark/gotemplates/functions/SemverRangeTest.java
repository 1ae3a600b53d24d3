package dev.tidemark.gotemplates.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.go.semver.VersionRange;
import dev.tidemark.go.semver.VersionRangeException;
import dev.tidemark.gotemplates.Vectors;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ranges of {@code semverCompare} against what Go's library computed. */
@Tag("vectors:semver-range")
class SemverRangeTest {
    static Stream<Vectors.Case> cases() {
        return Vectors.of("semver-range");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithGo(Vectors.Case vector) {
        String constraint = vector.text("constraint");
        if (vector.fails()) {
            assertThatThrownBy(() -> VersionRange.parse(constraint)).isInstanceOf(VersionRangeException.class);
            return;
        }
        VersionRange range = VersionRange.parse(constraint);
        var satisfying = new ArrayList<String>();
        JsonNode expected = vector.whole().get("expected");
        expected.get("satisfying").forEach(v -> satisfying.add(v.asText()));
        var found = new ArrayList<String>();
        var rejected = new ArrayList<String>();
        for (String list : new String[] {"satisfying", "rejected"}) {
            expected.get(list)
                    .forEach(v -> (range.contains(SemverVersion.read(v.asText())) ? found : rejected).add(v.asText()));
        }
        assertThat(found).as(constraint).containsExactlyElementsOf(satisfying);
        assertThat(rejected).hasSize(expected.get("rejected").size());
    }
}
