package dev.tidemark.policies.select;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.policies.Utf8Order;
import dev.tidemark.policies.Vectors;
import dev.tidemark.policies.filter.FilterTags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionVectorsTest {

    static Stream<Vectors.Case> plain() {
        return Vectors.cases("policy-select");
    }

    static Stream<Vectors.Case> filtered() {
        return Vectors.cases("filter-tags");
    }

    @ParameterizedTest
    @MethodSource("plain")
    void selectsWhatFluxSelectsAfterAScan(Vectors.Case vector) {
        List<String> tags = Vectors.texts(vector.input().path("tags"));

        Compilation compilation = TagPolicy.compile(new PolicySpec(rule(vector.input()), FilterTags.NONE));

        switch (compilation) {
            case Compilation.Invalid invalid -> {
                assertThat(vector.phase()).isEqualTo("policy");
                assertThat(invalid.message()).contains(vector.errorContains());
            }
            case Compilation.Compiled(TagPolicy policy) -> {
                JsonNode latest = vector.expected().path("latest_after_scan_sort");
                String outcome = outcome(policy.select(tags));
                if (vector.error()) {
                    assertThat(vector.phase()).isEqualTo("select");
                    assertThat(outcome).contains(vector.errorContains());
                } else {
                    assertThat(outcome).isEqualTo(latest.asText());
                }
                assertThat(policy.select(tags.reversed())).isEqualTo(policy.select(tags));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("filtered")
    void filtersAndSelectsAsFluxDoes(Vectors.Case vector) {
        List<String> tags = Vectors.texts(vector.input().path("tags"));
        FilterTags filter = new FilterTags(
                vector.input().path("filterTags").path("pattern").asText(),
                vector.input().path("filterTags").path("extract").asText());

        Compilation compilation = TagPolicy.compile(new PolicySpec(rule(vector.input()), filter));

        switch (compilation) {
            case Compilation.Invalid(Compilation.Part part, String message) -> {
                assertThat(vector.phase()).isEqualTo(part == Compilation.Part.FILTER ? "filter" : "policy");
                assertThat(message).contains(vector.errorContains());
            }
            case Compilation.Compiled(TagPolicy policy) -> {
                assertThat(extracted(policy, tags)).isEqualTo(expectedExtracted(vector.expected()));
                JsonNode anyOf = vector.expected().path("latest_any_of");
                String outcome = outcome(policy.select(tags));
                if (vector.error()) {
                    assertThat(vector.phase()).isEqualTo("select");
                    assertThat(outcome).contains(vector.errorContains());
                } else if (anyOf.isArray()) {
                    assertThat(Vectors.texts(anyOf)).contains(outcome);
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

    private static String outcome(Selection selection) {
        return switch (selection) {
            case Selection.Selected selected -> selected.tag();
            case Selection.NothingMatches nothing -> nothing.message();
            case Selection.NotNumeric notNumeric -> notNumeric.message();
        };
    }

    private static @Nullable PolicyRule rule(JsonNode input) {
        JsonNode policy = input.path("policy");
        return PolicyRule.choose(
                        policy.has("semver")
                                ? new PolicyRule.Semver(
                                        policy.path("semver").path("range").asText())
                                : null,
                        policy.has("alphabetical")
                                ? new PolicyRule.Alphabetical(policy.path("alphabetical")
                                        .path("order")
                                        .asText())
                                : null,
                        policy.has("numerical")
                                ? new PolicyRule.Numerical(
                                        policy.path("numerical").path("order").asText())
                                : null)
                .orElse(null);
    }
}
