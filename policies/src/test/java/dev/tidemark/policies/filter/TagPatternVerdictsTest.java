package dev.tidemark.policies.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.go.regexp.ExpandTemplate;
import dev.tidemark.go.verdicts.GoVerdicts;
import dev.tidemark.policies.Parsed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Generated patterns and texts as Go's {@code regexp} sees them, see {@code src/test/go/regexp}. */
class TagPatternVerdictsTest {

    private static final ExpandTemplate TEMPLATE = ExpandTemplate.parse("$0|$1|${2}|$n|${m}|$$|$1x|${1}x|$01|${n|$é|$");

    @Test
    void matchesAndExtractsWhatGoDoes() {
        List<String> different = new ArrayList<>();
        for (List<String> verdict : GoVerdicts.read("patterns.txt")) {
            String actual = result(verdict.get(0), verdict.get(1));
            if (!actual.equals(verdict.getLast())) {
                different.add("Go: " + verdict + "\n    here: " + actual);
            }
        }
        assertThat(different).isEmpty();
    }

    private static String result(String pattern, String text) {
        return switch (TagPattern.compile(pattern)) {
            case Parsed.Malformed<TagPattern> malformed -> "-";
            case Parsed.Value<TagPattern>(TagPattern compiled) ->
                compiled.extract(text, TEMPLATE).map(value -> '=' + value).orElse("");
        };
    }
}
