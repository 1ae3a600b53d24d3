package dev.tidemark.policies.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.policies.Parsed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:exclusion-list")
class ExclusionListVectorsTest {

    static Stream<VectorCase> lists() {
        return VectorCase.of("exclusion-list");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void storesWhatFluxStores(VectorCase vector) {
        JsonNode entries = vector.input().path("exclusionList");

        Parsed<ExclusionList> compiled = ExclusionList.compile(entries.isNull() ? null : VectorCase.texts(entries));

        switch (compiled) {
            case Parsed.Malformed<ExclusionList>(String message) -> {
                assertThat(vector.error()).isTrue();
                assertThat(message).contains(vector.errorContains());
            }
            case Parsed.Value<ExclusionList>(ExclusionList exclusions) -> {
                JsonNode expected = vector.expected();
                List<String> stored =
                        exclusions.retain(VectorCase.texts(vector.input().path("tags")));
                ScanSummary summary = ScanSummary.of(stored);
                assertThat(vector.error()).isFalse();
                assertThat(exclusions.effective()).isEqualTo(VectorCase.texts(expected.path("effectiveExclusionList")));
                assertThat(stored).isEqualTo(VectorCase.texts(expected.path("storedTags")));
                assertThat(summary.tagCount())
                        .isEqualTo(expected.path("tagCount").asInt());
                assertThat(summary.latestTags()).isEqualTo(VectorCase.texts(expected.path("latestTags")));
                assertThat(summary.revision())
                        .isEqualTo(expected.path("revision").asText());
            }
        }
    }
}
