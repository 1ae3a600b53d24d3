package dev.tidemark.policies.select;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.TagFilter;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.policies.Utf8Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:filter-tags")
class FilterTagsVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("filter-tags");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void filtersAndSelectsAsFluxDoes(VectorCase vector) {
        List<String> tags = VectorCase.texts(vector.input().path("tags"));
        TagFilter filter = new TagFilter(
                vector.input().path("filterTags").path("pattern").asText(),
                vector.input().path("filterTags").path("extract").asText());

        Compilation compilation = TagPolicy.compile(new PolicySpec(SelectionVectors.rule(vector.input()), filter));

        switch (compilation) {
            case Compilation.Invalid(Compilation.Part part, String message) -> {
                assertThat(vector.phase()).isEqualTo(part == Compilation.Part.FILTER ? "filter" : "policy");
                assertThat(message).contains(vector.errorContains());
            }
            case Compilation.Compiled(TagPolicy policy) -> {
                assertThat(extracted(policy, tags)).isEqualTo(expectedExtracted(vector.expected()));
                JsonNode anyOf = vector.expected().path("latest_any_of");
                String outcome = SelectionVectors.outcome(policy.select(tags));
                if (vector.error()) {
                    assertThat(vector.phase()).isEqualTo("select");
                    assertThat(outcome).contains(vector.errorContains());
                } else if (anyOf.isArray()) {
                    assertThat(VectorCase.texts(anyOf)).contains(outcome);
                } else {
                    assertThat(outcome)
                            .isEqualTo(vector.expected().path("latest").asText());
                }
            }
        }
    }

    private static List<Map.Entry<String, String>> expectedExtracted(JsonNode expected) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        expected.path("extracted")
                .forEach(pair -> pairs.add(Map.entry(
                        pair.path("extracted").asText(), pair.path("tag").asText())));
        return pairs;
    }

    /** As Flux does it: the tag with the smallest bytes stands for a value. */
    private static List<Map.Entry<String, String>> extracted(TagPolicy policy, List<String> tags) {
        Map<String, String> tagByValue = new TreeMap<>(Utf8Order.ASCENDING);
        tags.stream()
                .sorted(Utf8Order.DESCENDING)
                .flatMap(tag -> policy.candidate(tag).stream())
                .forEach(candidate -> tagByValue.put(candidate.value(), candidate.tag()));
        return tagByValue.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.nullsFirst(Utf8Order.ASCENDING)))
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }
}
