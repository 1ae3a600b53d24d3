package dev.tidemark.policies.semver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SemverVectorsTest {

    static Stream<Vectors.Case> versions() {
        return Vectors.cases("semver-version");
    }

    static Stream<Vectors.Case> orders() {
        return Vectors.cases("semver-order");
    }

    static Stream<Vectors.Case> ranges() {
        return Vectors.cases("semver-range");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void readsVersionsAsFluxDoes(Vectors.Case vector) {
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

    @ParameterizedTest
    @MethodSource("orders")
    void ordersVersionsByPrecedence(Vectors.Case vector) {
        List<String> texts = Vectors.texts(vector.input().path("versions"));

        List<Version> sorted = texts.stream()
                .map(Version::parse)
                .flatMap(Optional::stream)
                .sorted(Version.PRECEDENCE)
                .toList();

        List<List<String>> expected = new ArrayList<>();
        vector.expected().path("ascending_groups").forEach(group -> expected.add(Vectors.texts(group)));
        assertThat(groupsOfEqual(sorted)).isEqualTo(expected);
        assertThat(texts.stream().filter(text -> Version.parse(text).isEmpty()))
                .containsExactlyElementsOf(Vectors.texts(vector.expected().path("unparsable")));
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

    @ParameterizedTest
    @MethodSource("ranges")
    void judgesVersionsAsMastermindsDoes(Vectors.Case vector) {
        Parsed<VersionRange> parsed =
                VersionRange.parse(vector.input().path("constraint").asText());

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
                for (String text : Vectors.texts(vector.input().path("versions"))) {
                    Optional<Version> version = Version.parseTag(text);
                    (version.isEmpty() ? unparsable : range.contains(version.get()) ? satisfying : rejected).add(text);
                }
                assertThat(satisfying).isEqualTo(Vectors.texts(vector.expected().path("satisfying")));
                assertThat(rejected).isEqualTo(Vectors.texts(vector.expected().path("rejected")));
                assertThat(unparsable).isEqualTo(Vectors.texts(vector.expected().path("unparsable")));
            }
        }
    }
}
