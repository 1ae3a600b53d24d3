package dev.tidemark.policies.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tidemark.go.regexp.GoPattern;
import dev.tidemark.go.regexp.Groups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnePassTest {

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "-",
            "1",
            "[ab]",
            "[0-9]",
            "[^-]",
            "\\d",
            "\\w",
            ".",
            "\\.",
            "(",
            ")",
            "(?:",
            "*",
            "+",
            "?",
            "{2}",
            "{1,2}",
            "{0,}",
            "|",
            "]",
            "}",
            "{",
            "[a-]",
            "[-b]",
            "[\\d.]",
            "[^\\w]",
            "[a-c-e]",
            "$",
            "^",
            "\\$",
            ",",
            "[.$]",
            "x_",
            "[]a]",
            "[[:digit:]]",
            "\\-",
            "\\/",
            "(?i)",
            "\\Q.\\E",
            "\\b",
            "é");

    static List<Long> seeds() {
        return IntStream.range(0, 60).mapToObj(i -> 999_983L * i + 17).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^main-[0-9a-f]+-(?P<ts>[0-9]+)$",
                "^v?([0-9]+)\\.([0-9]+)\\.([0-9]+)$",
                "^v(.*)$",
                "^(?:rel)-\\d{8}",
                "^$",
                "^[a-z][a-z]*-x"
            })
    void knowsThePlainOnes(String pattern) {
        assertThat(OnePass.of(GoPattern.compile(pattern).plain())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main", "^a*a", "^(a|b)", "^(a+)+$", "^a+?", "^(ab)?c", "^v.*-x$", "^a|b", "(?i)^a", "^\\ba", "^a$b"
            })
    void leavesTheOthersToRe2(String pattern) {
        assertThat(OnePass.of(pattern)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithRe2(long seed) {
        Random random = new Random(seed);
        int compared = 0;
        while (compared < 40) {
            String pattern = pattern(random);
            Optional<OnePass> onePass = accepted(pattern) ? OnePass.of(pattern) : Optional.empty();
            if (onePass.isPresent()) {
                compared++;
                for (int i = 0; i < 40; i++) {
                    String text = text(random);
                    assertThat(groups(onePass.get().match(text)))
                            .as("seed %d, pattern %s, text '%s'", seed, pattern, text)
                            .isEqualTo(groups(Pattern.compile(pattern).matcher(text)));
                }
            }
        }
    }

    @Test
    void doesNotDecideOnOtherThanAscii() {
        assertThat(OnePass.decides("1.2.3")).isTrue();
        assertThat(OnePass.decides("é")).isFalse();
    }

    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder("^");
        int pieces = 1 + random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            pattern.append(PIECES.get(random.nextInt(PIECES.size())));
            if (random.nextInt(3) == 0) {
                pattern.append(List.of("*", "+", "?", "{2}", "{1,}").get(random.nextInt(5)));
            }
        }
        return pattern.append(random.nextBoolean() ? "$" : "").toString();
    }

    private static boolean accepted(String pattern) {
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(7);
        for (int i = 0; i < length; i++) {
            text.append("aaabbc-12.$x_,/\n]}{".charAt(random.nextInt(19)));
        }
        return text.toString();
    }

    private static List<String> groups(Matcher matcher) {
        List<String> groups = new ArrayList<>();
        if (matcher.find()) {
            for (int i = 0; i <= matcher.groupCount(); i++) {
                groups.add(String.valueOf(matcher.group(i)));
            }
        }
        return groups;
    }

    private static List<String> groups(Optional<Groups> match) {
        List<String> groups = new ArrayList<>();
        if (match.isPresent()) {
            for (int i = 0; i <= match.get().count(); i++) {
                groups.add(String.valueOf(match.get().group(i)));
            }
        }
        return groups;
    }
}
