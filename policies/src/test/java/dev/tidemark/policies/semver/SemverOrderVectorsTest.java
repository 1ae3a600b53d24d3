package dev.tidemark.policies.semver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.go.semver.Version;
import dev.tidemark.go.verdicts.VectorCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:semver-order")
class SemverOrderVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("semver-order");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void ordersVersionsByPrecedence(VectorCase vector) {
        List<String> texts = VectorCase.texts(vector.input().path("versions"));

        List<Version> sorted = texts.stream()
                .map(Version::parse)
                .flatMap(Optional::stream)
                .sorted(Version.PRECEDENCE)
                .toList();

        List<List<String>> expected = new ArrayList<>();
        vector.expected().path("ascending_groups").forEach(group -> expected.add(VectorCase.texts(group)));
        assertThat(groupsOfEqual(sorted)).isEqualTo(expected);
        assertThat(texts.stream().filter(text -> Version.parse(text).isEmpty()))
                .containsExactlyElementsOf(VectorCase.texts(vector.expected().path("unparsable")));
    }

    private static List<List<String>> groupsOfEqual(List<Version> sorted) {
        List<List<String>> groups = new ArrayList<>();
        Optional<Version> last = Optional.empty();
        for (Version version : sorted) {
            if (last.isEmpty() || Version.PRECEDENCE.compare(last.get(), version) != 0) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(version.original());
            last = Optional.of(version);
        }
        return groups;
    }
}
