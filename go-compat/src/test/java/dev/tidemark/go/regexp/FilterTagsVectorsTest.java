package dev.tidemark.go.regexp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Matcher;
import dev.tidemark.go.text.Utf8;
import dev.tidemark.go.verdicts.VectorCase;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the patterns of filters find and extract; what a policy selects of it is for those who select. */
@Tag("vectors:filter-tags")
class FilterTagsVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("filter-tags");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void extractsWhatGoExtracts(VectorCase vector) {
        String pattern = vector.input().path("filterTags").path("pattern").asText();
        String extract = vector.input().path("filterTags").path("extract").asText();
        if (vector.phase().equals("filter")) {
            assertThatThrownBy(() -> GoPattern.compile(pattern)).isInstanceOf(GoPatternException.class);
            return;
        }
        if (vector.phase().equals("policy")) {
            return; // nothing is known of the pattern: Flux looks at the policy first
        }
        GoPattern compiled = GoPattern.compile(pattern);
        ExpandTemplate template = ExpandTemplate.parse(extract);
        Map<String, String> tagByValue = new TreeMap<>(Utf8.ORDER);
        VectorCase.texts(vector.input().path("tags")).stream()
                .sorted(Utf8.ORDER.reversed())
                .forEach(tag -> {
                    Matcher matcher = compiled.matcher(tag);
                    if (matcher.find()) {
                        Groups groups = Groups.of(matcher);
                        tagByValue.put(extract.isEmpty() ? tag : template.expand(groups, compiled.groupsByName()), tag);
                    }
                });
        if (vector.expects("extracted")) {
            Map<String, String> expected = new TreeMap<>(Utf8.ORDER);
            vector.expected()
                    .path("extracted")
                    .forEach(pair -> expected.put(
                            pair.path("extracted").asText(), pair.path("tag").asText()));
            assertThat(tagByValue).isEqualTo(expected);
        }
    }
}
