package dev.tidemark.policies.filter;

import java.util.List;

/**
 * What every text ends with in which a pattern occurs, as far as that can be read off the pattern: {@code .sig} of
 * {@code ^.*\.sig$}. A hundred thousand tags that end otherwise need no matcher then.
 */
final class LiteralEnding {

    /** What begins something that is not read here: choices, classes, counts, flags. */
    private static final List<String> NOT_READ = List.of("|", "[", "{", "(?");

    private static final String NONE = "";

    private LiteralEnding() {}

    /** Empty where the pattern demands no ending, or where that is not clear. */
    static String of(String pattern) {
        int last = pattern.length() - 1;
        if (!pattern.endsWith("$") || NOT_READ.stream().anyMatch(pattern::contains)) {
            return NONE;
        }
        StringBuilder ending = new StringBuilder();
        int at = 0;
        while (at < last) {
            char next = pattern.charAt(at++);
            switch (next) {
                case '\\' -> {
                    char escaped = pattern.charAt(at++);
                    if (Character.isLetterOrDigit(escaped)) {
                        return NONE;
                    }
                    ending.append(escaped);
                }
                case '$' -> {
                    return NONE;
                }
                case '.', '^', '(', ')', '*', '+', '?' -> ending.setLength(0);
                default -> ending.append(next);
            }
        }
        // where the last character was escaped it is no end
        return at == last ? ending.toString() : NONE;
    }
}
