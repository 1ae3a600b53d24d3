package dev.tidemark.go.regexp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row by row what differs between RE2/J and Go, and what must not (spec library-facts 2). Generated pairs of pattern and text
 * are those of {@link GoPatternVerdictsTest}.
 */
class GoPatternTest {

    private static String found(String pattern, String text) {
        Matcher matcher = GoPattern.compile(pattern).matcher(text);
        return matcher.find() ? "=" + matcher.group() : "";
    }

    private static String expanded(String pattern, String text, String template) {
        GoPattern compiled = GoPattern.compile(pattern);
        Matcher matcher = compiled.matcher(text);
        assertThat(matcher.find()).isTrue();
        return ExpandTemplate.parse(template).expand(Groups.of(matcher), compiled.groupsByName());
    }

    /** The same name twice: the first that took part counts. */
    @ParameterizedTest
    @CsvSource({
        "(?P<n>a)(?P<n>b), ab, a",
        "(?P<n>a)|(?P<n>b), b, b",
        "(?P<n>a)?(?P<n>b), b, b",
        "(?P<n>a*)(?P<n>b), b, ''",
    })
    void oneNameOfTwoGroups(String pattern, String text, String value) {
        assertThat(expanded(pattern, text, "$n")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "\\p{Letter}+, 1é1, é",
        "\\p{Lowercase_Letter}, Aa, a",
        "[\\p{Lowercase_Letter}0], A0, 0",
        "\\p{ASCII}+, éab, ab",
        "\\P{ASCII}, aé, é",
        "[^\\p{ASCII}], aé, é",
        "\\p{Assigned}, a, a",
        "\\p{Decimal_Number}, x7, 7",
    })
    void longNamesOfCategories(String pattern, String text, String match) {
        assertThat(found(pattern, text)).isEqualTo("=" + match);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a{100}){11}", "((a{1000}){1000})", "((a{10}){10}){11}", "(a{500}|b{600}){2}", "a{1001}"})
    void repeatsOfRepeatsHaveABound(String pattern) {
        assertThatThrownBy(() -> GoPattern.compile(pattern)).isInstanceOf(GoPatternException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a{100}){10}", "a{1000}", "((a{10}){10}){10}"})
    void repeatsUpToItAreFine(String pattern) {
        assertThat(found(pattern, "a".repeat(1000))).isEqualTo("=" + "a".repeat(1000));
    }

    @Test
    void groupsNestAThousandDeep() {
        assertThat(found("(".repeat(999) + "a" + ")".repeat(999), "a")).isEqualTo("=a");
        for (int depth : new int[] {1001, 20_000}) {
            assertThatThrownBy(() -> GoPattern.compile("(".repeat(depth) + "a" + ")".repeat(depth)))
                    .isInstanceOf(GoPatternException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\é",
                "\\C",
                "\\Z",
                "(?=a)",
                "(?!a)",
                "(?<=a)b",
                "(a)\\1",
                "a*+",
                "a++",
                "a**",
                "(?P<n",
                "(?P=n)",
                "[z-a]",
                "[[:foo:]]",
                "\\p{Nonsense}",
                "(",
                ")",
                "*",
                "\\8"
            })
    void whatGoRefusesIsRefused(String pattern) {
        assertThatThrownBy(() -> GoPattern.compile(pattern)).isInstanceOf(GoPatternException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(?<n>a) | a | a",
                "(?P<n>a) | a | a",
                "\\Qa.b\\E | axb a.b | a.b",
                "(?U)a+ | aaa | a",
                "\\pN | a1 | 1",
                "\\p{Greek} | aα | α",
                "\\p{^Greek} | αa | a",
                "\\p{Any} | 😀 | 😀",
                "[[:word:]]+ | -a_1- | a_1",
                "a{,3} | aaa a{,3} | a{,3}",
                "\\x{1F600} | 😀 | 😀",
            })
    void whatBothTakeMeansTheSame(String pattern, String text, String match) {
        assertThat(found(pattern, text)).isEqualTo("=" + match);
    }

    /** Letters fold as Unicode has it, one to one; classes and boundaries are ASCII. */
    @Test
    void foldingAndClasses() {
        assertThat(found("(?i)k", "\u212a")).isEqualTo("=\u212a");
        assertThat(found("(?i)ſ", "s")).isEqualTo("=s");
        assertThat(found("(?i)ß", "SS")).isEmpty();
        assertThat(found("\\d", "٣")).isEmpty();
        assertThat(found("\\w", "é")).isEmpty();
        assertThat(found("\\s", "\u000b")).isEmpty();
        assertThat(found("\\s", "\f")).isEqualTo("=\f");
        assertThat(found("é\\b", "éa")).isEqualTo("=é");
        assertThat(found("^.$", "😀")).isEqualTo("=😀");
    }

    @Test
    void aDollarIsTheEndOfTheTextAlone() {
        assertThat(found("a$", "a\n")).isEmpty();
        assertThat(found("(?m)a$", "a\n")).isEqualTo("=a");
        assertThat(found("a.c", "a\nc")).isEmpty();
        assertThat(found("(?s)a.c", "a\nc")).isEqualTo("=a\nc");
    }

    @Test
    void aPatternIsSearchedForAnywhere() {
        assertThat(found("b", "abc")).isEqualTo("=b");
        assertThat(found("(|a)+", "aaa")).isEqualTo("=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$n-$1-${1}x-$0 | 12-12-12x-a12",
                "$1x | \"\"",
                "$01 | \"\"",
                "${n | ${n",
                "$ a | $ a",
                "a$ | a$",
                "$$ | $",
                "$é | \"\"",
                "${é} | \"\"",
                "$n.$m | 12.",
            })
    void expandsAsGo(String template, String text) {
        assertThat(expanded("a(?P<n>[0-9]+)", "a12", template)).isEqualTo(text);
    }
}
