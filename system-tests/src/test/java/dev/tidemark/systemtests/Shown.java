package dev.tidemark.systemtests;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a command printed what a page shows. What differs from run to run counts as equal: times, ports, ids, sums, the width of
 * columns. In a shown line {@code …} is any text; a line with nothing else is any number of lines.
 */
final class Shown {

    private static final String ANYTHING = "…";

    /** In this order. */
    private static final List<Map.Entry<Pattern, String>> VARYING = List.of(
            varying("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d([.,]\\d+)?Z?", "TIME"),
            varying("\\b\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}\\b", "UUID"),
            varying("\\b[0-9a-f]{64}\\b", "SHA256"),
            varying("\\b[0-9a-f]{40}\\b", "COMMIT"),
            varying("\\b(?=[a-f]*\\d)[0-9a-f]{7}\\b", "COMMIT"),
            varying("\\b(127\\.0\\.0\\.1|localhost):\\d+", "$1:PORT"),
            varying("process \\d+", "process N"),
            varying("checksum \\d+", "checksum N"),
            varying("\\d[\\d,.]*( ms| s| records| bytes|ms\\b)", "N$1"),
            varying("\\b(\\d+d)?(\\d+h)?(\\d+m)?\\d+[dhms]\\b( ago)?", "AGE"),
            // what ends in one of these is padded by their length
            varying("[ \\t]{2,}|\\t", "  "));

    private Shown() {}

    private static Map.Entry<Pattern, String> varying(String pattern, String replacement) {
        return Map.entry(Pattern.compile(pattern), replacement);
    }

    /** Whether this is what is shown. */
    static boolean matches(List<String> shown, List<String> printed) {
        return matches(normalised(shown), 0, normalised(printed), 0);
    }

    private static boolean matches(List<String> shown, int s, List<String> printed, int p) {
        if (s == shown.size()) {
            return p == printed.size();
        }
        if (shown.get(s).strip().equals(ANYTHING)) {
            for (int rest = p; rest <= printed.size(); rest++) {
                if (matches(shown, s + 1, printed, rest)) {
                    return true;
                }
            }
            return false;
        }
        return p < printed.size()
                && line(shown.get(s)).matcher(printed.get(p)).matches()
                && matches(shown, s + 1, printed, p + 1);
    }

    private static Pattern line(String shown) {
        return Pattern.compile(
                Stream.of(shown.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** The lines without what varies, and without empty ones at the end. */
    private static List<String> normalised(List<String> lines) {
        String text = String.join("\n", lines);
        for (Map.Entry<Pattern, String> varying : VARYING) {
            text = varying.getKey().matcher(text).replaceAll(varying.getValue());
        }
        return text.stripTrailing().lines().map(String::stripTrailing).toList();
    }
}
