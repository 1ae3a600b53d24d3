package dev.tidemark.policies.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.Vectors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:exclusion-list")
class ExclusionListVectorsTest {

    static Stream<Vectors.Case> lists() {
        return Vectors.cases("exclusion-list");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void storesWhatFluxStores(Vectors.Case vector) {
        JsonNode entries = vector.input().path("exclusionList");

        Parsed<ExclusionList> compiled = ExclusionList.compile(entries.isNull() ? null : Vectors.texts(entries));

        switch (compiled) {
            case Parsed.Malformed<ExclusionList>(String message) -> {
                assertThat(vector.error()).isTrue();
                assertThat(message).contains(vector.errorContains());
            }
            case Parsed.Value<ExclusionList>(ExclusionList exclusions) -> {
                JsonNode expected = vector.expected();
                List<String> stored =
                        exclusions.retain(Vectors.texts(vector.input().path("tags")));
                ScanSummary summary = ScanSummary.of(stored);
                assertThat(vector.error()).isFalse();
                assertThat(exclusions.effective()).isEqualTo(Vectors.texts(expected.path("effectiveExclusionList")));
                assertThat(stored).isEqualTo(Vectors.texts(expected.path("storedTags")));
                assertThat(summary.tagCount())
                        .isEqualTo(expected.path("tagCount").asInt());
                assertThat(summary.latestTags()).isEqualTo(Vectors.texts(expected.path("latestTags")));
                assertThat(summary.revision())
                        .isEqualTo(expected.path("revision").asText());
            }
        }
    }
}
