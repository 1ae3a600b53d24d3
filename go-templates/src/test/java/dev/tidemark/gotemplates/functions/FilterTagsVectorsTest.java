package dev.tidemark.gotemplates.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.gotemplates.error.TemplateExecutionException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The patterns of filters in {@code regexMatch}, {@code regexFind} and {@code regexReplaceAll}. */
@Tag("vectors:filter-tags")
class FilterTagsVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("filter-tags");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void findsAndExpandsAsGo(VectorCase vector) {
        String pattern = vector.input().path("filterTags").path("pattern").asText();
        String extract = vector.input().path("filterTags").path("extract").asText();
        if (vector.phase().equals("policy")) {
            return; // nothing is known of the pattern: Flux looks at the policy first
        }
        if (vector.phase().equals("filter")) {
            assertThatThrownBy(() -> Asked.text("mustRegexMatch .p .t", Map.of("p", pattern, "t", "")))
                    .isInstanceOf(TemplateExecutionException.class);
            return;
        }
        Map<String, String> valueByTag = new HashMap<>();
        vector.expected()
                .path("extracted")
                .forEach(pair -> valueByTag.put(
                        pair.path("tag").asText(), pair.path("extracted").asText()));
        for (String tag : VectorCase.texts(vector.input().path("tags"))) {
            Map<String, String> data = Map.of("p", pattern, "t", tag, "e", extract);
            String value = valueByTag.get(tag);
            boolean found = Asked.yes("mustRegexMatch .p .t", data);
            // Of several tags with one value the vector names the last.
            assertThat(found || value == null).as(tag).isTrue();
            assertThat(Asked.yes("regexMatch .p .t", data)).as(tag).isEqualTo(found);
            boolean whole = found && Asked.text("mustRegexFind .p .t", data).equals(tag);
            if (whole && value != null && !extract.isEmpty()) {
                assertThat(Asked.text("mustRegexReplaceAll .p .t .e", data)).isEqualTo(value);
            }
            if (found && value == null) {
                assertThat(extract).as(tag).isNotEmpty();
            }
        }
    }
}
