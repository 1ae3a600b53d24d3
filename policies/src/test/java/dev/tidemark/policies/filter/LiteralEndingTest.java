package dev.tidemark.policies.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.PatternSyntaxException;
import dev.tidemark.go.regexp.GoPattern;
import dev.tidemark.go.regexp.GoPatternException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralEndingTest {

    private static final List<String> PIECES = List.of(
            "a", "b", ".", "\\.", "sig", "(", ")", "*", "+", "?", "{2}", "|", "[ab]", "$", "^", "\\$", "\\d", "\\b",
            "(?i)", "(?:", "\\Qa\\E", "\\z", "é", "\\\\", "\\x61", "(?m)", "\n", "-");

    static List<Long> seeds() {
        return IntStream.range(0, 40).mapToObj(i -> 104_729L * i + 5).toList();
    }

    @Test
    void theDefaultExclusionHasOne() {
        assertThat(LiteralEnding.of(
                        GoPattern.compile(ExclusionList.DEFAULT.getFirst()).plain()))
                .isEqualTo(".sig");
    }

    @ParameterizedTest
    @CsvSource({"-rc$,-rc", "^.*\\.att$,.att", "a+b$,b", "(x)y$,y", "ab?$,''", "a\\\\$,a\\"})
    void isReadOffThePattern(String pattern, String ending) {
        assertThat(LiteralEnding.of(pattern)).isEqualTo(ending);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sig", "a\\$", "a|b$", "(?i)a$", "[ab]c$", "a{2}$", "\\pLa$", "\\Qa\\Eb$", "a$b$", "$", ""})
    void isNotClearOfTheOthers(String pattern) {
        assertThat(LiteralEnding.of(pattern)).isEmpty();
    }

    /** Whatever a pattern occurs in ends with it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithRe2(long seed) {
        Random random = new Random(seed);
        int found = 0;
        while (found < 30) {
            StringBuilder pattern = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                pattern.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            pattern.append(random.nextInt(4) == 0 ? "" : "$");
            try {
                GoPattern compiled = GoPattern.compile(pattern.toString());
                String ending = LiteralEnding.of(compiled.plain());
                for (int i = 0; i < 40; i++) {
                    String text = text(random);
                    if (compiled.matcher(text).find()) {
                        found++;
                        assertThat(text)
                                .as("seed %d, pattern %s", seed, pattern)
                                .endsWith(ending);
                    }
                }
            } catch (GoPatternException | PatternSyntaxException malformed) {
                // another one
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(List.of("a", "b", "A", "sig", ".", "$", "\\", "é", "\n", "1", "-")
                    .get(random.nextInt(11)));
        }
        return text.toString();
    }
}
