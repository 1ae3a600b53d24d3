package dev.tidemark.policies.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.go.regexp.ExpandTemplate;
import dev.tidemark.go.regexp.GoPattern;
import dev.tidemark.policies.Parsed;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagPatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[=",
                "(",
                "a{1001}",
                "(?!x)",
                "(a{100}){11}",
                "((a{10}){10}){11}",
                "(a{500}){1,3}",
                "\\p{Nonsense}",
                "(?P<n>a)(?P<m>b",
                "a**b(",
                "\\"
            })
    void refusesWhatGoRefuses(String pattern) {
        assertThat(TagPattern.compile(pattern)).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void boundsHostilePatterns() {
        assertThat(TagPattern.compile("(".repeat(1500) + ")".repeat(1500))).isInstanceOf(Parsed.Malformed.class);
        assertThat(TagPattern.compile("a".repeat(GoPattern.MAX_LENGTH + 1))).isInstanceOf(Parsed.Malformed.class);
        assertThat(TagPattern.compile("a{1000}".repeat(500))).isInstanceOf(Parsed.Malformed.class);
        assertThat(TagPattern.compile("(".repeat(900) + "a" + ")".repeat(900))).isInstanceOf(Parsed.Value.class);
    }

    @ParameterizedTest
    @CsvSource({
        "\\p{Letter}+, é, true",
        "\\p{letter}, 1, false",
        "^\\P{Uppercase_Letter}$, a, true",
        "[\\p{ASCII}], é, false",
        "\\P{ASCII}, é, true",
        "^[\\p{Decimal Number}_]+$, 1_2, true",
        "(a{10}){100}, a, false",
        "x{2, x{2, true",
        "\\x{2028}|a, a, true",
        "[[:digit:]{3}], '{', true",
        "[](]{2}, '](', true"
    })
    void readsGoSyntax(String pattern, String tag, boolean occurs) {
        assertThat(compiled(pattern).occursIn(tag)).isEqualTo(occurs);
    }

    @ParameterizedTest
    @CsvSource({
        "(?P<n>a)|(?P<n>b), $n, b, b",
        "(?P<n>a)|(?P<n>b), $n, a, a",
        "(a)(b), $2$1, ab, ba",
        "(a), ${1}x, a, ax",
        "(a), $1x, a, ''",
        "(a), ${1, a, ${1",
        "(a), $, a, $",
        "(a), $$1, a, $1",
        "(a), $9, a, ''",
        "(a)|(b), [$2], a, []",
        "(a), $01, a, ''",
        "(a), \\1, a, \\1",
        "(a), $99999999999, a, ''"
    })
    void expandsAsGoDoes(String pattern, String template, String tag, String expected) {
        assertThat(compiled(pattern).extract(tag, ExpandTemplate.parse(template)))
                .isEqualTo(Optional.of(expected));
    }

    @Test
    void survivesOddTags() {
        TagPattern pattern = compiled("^.$");

        assertThat(pattern.occursIn("\uD83D\uDE00")).isTrue();
        assertThat(pattern.occursIn("\uD83D")).isTrue();
        assertThat(pattern.occursIn("\u0000")).isTrue();
        assertThat(pattern.occursIn("")).isFalse();
    }

    private static TagPattern compiled(String pattern) {
        return switch (TagPattern.compile(pattern)) {
            case Parsed.Value<TagPattern>(TagPattern value) -> value;
            case Parsed.Malformed<TagPattern>(String message) -> throw new AssertionError(message);
        };
    }
}
