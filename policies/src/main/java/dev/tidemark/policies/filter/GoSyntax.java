package dev.tidemark.policies.filter;

import dev.tidemark.policies.Parsed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes RE2/J read a pattern as Go's {@code regexp} does (spec library-facts 2): named groups become
 * plain ones whose names are kept here (Go allows one name twice), long category names become short
 * ones, and what would cost too much to compile is refused.
 *
 * @param pattern for RE2/J
 * @param groupsByName group numbers in order of appearance
 */
record GoSyntax(String pattern, Map<String, List<Integer>> groupsByName) {

    /** Patterns are written by people; a longer one is a mistake or an attack. */
    static final int MAX_LENGTH = 4096;

    /** Go's own limit, for nested parentheses. */
    static final int MAX_DEPTH = 1000;

    /** Go's own limit, for the product of nested repeats. */
    static final int MAX_REPEAT = 1000;

    /** Bound of the compiled size in single characters: Go refuses at some millions, this is plenty. */
    static final int MAX_WEIGHT = 200_000;

    static Parsed<GoSyntax> translate(String text) {
        if (text.length() > MAX_LENGTH) {
            return Parsed.malformed("error parsing regexp: expression too long: %d characters, at most %d are allowed"
                    .formatted(text.length(), MAX_LENGTH));
        }
        return new Scanner(text).scan();
    }

    /** Size of what was read so far at one level of parentheses. */
    private static final class Level {
        private long weight;
        private long lastWeight;
        private long repeat = 1;
        private long lastRepeat = 1;

        void atom(long atomWeight, long atomRepeat) {
            weight += atomWeight;
            lastWeight = atomWeight;
            lastRepeat = atomRepeat;
            repeat = Math.max(repeat, atomRepeat);
        }

        void repeated(long times) {
            long factor = Math.max(1, times);
            weight += lastWeight * (factor - 1);
            lastWeight *= factor;
            lastRepeat *= factor;
            repeat = Math.max(repeat, lastRepeat);
        }
    }

    private static final class Scanner {
        private final String text;
        private final StringBuilder out = new StringBuilder();
        private final Map<String, List<Integer>> groupsByName = new HashMap<>();
        private final Deque<Level> levels = new ArrayDeque<>(List.of(new Level()));
        private int groups;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        Parsed<GoSyntax> scan() {
            while (at < text.length()) {
                step();
                if (levels.size() > MAX_DEPTH + 1) {
                    return Parsed.malformed("error parsing regexp: expression nests too deeply");
                }
                Level level = levels.getFirst();
                if (level.repeat > MAX_REPEAT) {
                    return Parsed.malformed(
                            "error parsing regexp: invalid repeat count: nested repeats multiply to over "
                                    + MAX_REPEAT);
                }
                if (level.weight > MAX_WEIGHT) {
                    return Parsed.malformed("error parsing regexp: expression too large");
                }
            }
            return Parsed.of(new GoSyntax(out.toString(), Map.copyOf(groupsByName)));
        }

        private void step() {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                case '*', '+', '?', '|', '^', '$' -> copy(1);
                default -> {
                    copy(1);
                    levels.getFirst().atom(1, 1);
                }
            }
        }

        private void copy(int count) {
            out.append(text, at, Math.min(text.length(), at + count));
            at = Math.min(text.length(), at + count);
        }

        private void escape(boolean inClass) {
            if (!inClass && text.startsWith("\\Q", at)) {
                int end = text.indexOf("\\E", at);
                int length = (end < 0 ? text.length() : end + 2) - at;
                levels.getFirst().atom(length, 1);
                copy(length);
                return;
            }
            boolean category = text.startsWith("\\p{", at) || text.startsWith("\\P{", at);
            int end = category ? text.indexOf('}', at) : -1;
            if (end > 0) {
                boolean negated = text.charAt(at + 1) == 'P';
                out.append(UnicodeCategory.shorten(text.substring(at + 3, end), negated, inClass));
                at = end + 1;
            } else {
                // The braces of a code point are no repeat.
                int close = text.startsWith("\\x{", at) ? text.indexOf('}', at) : -1;
                copy(close < 0 ? 2 : close + 1 - at);
            }
            if (!inClass) {
                levels.getFirst().atom(1, 1);
            }
        }

        private void characterClass() {
            copy(text.startsWith("[^", at) ? 2 : 1);
            boolean first = true;
            while (at < text.length() && (first || text.charAt(at) != ']')) {
                first = false;
                int end = text.startsWith("[:", at) ? text.indexOf(":]", at + 2) : -1;
                if (end > 0) {
                    copy(end + 2 - at);
                } else if (text.charAt(at) == '\\') {
                    escape(true);
                } else {
                    copy(1);
                }
            }
            copy(1);
            levels.getFirst().atom(1, 1);
        }

        private void open() {
            levels.push(new Level());
            if (!text.startsWith("(?", at)) {
                groups++;
                copy(1);
                return;
            }
            int start = text.startsWith("(?P<", at) ? at + 4 : text.startsWith("(?<", at) ? at + 3 : -1;
            int end = start < 0 ? -1 : nameEnd(start);
            if (end < 0) {
                copy(2);
                return;
            }
            groups++;
            groupsByName
                    .computeIfAbsent(text.substring(start, end), name -> new ArrayList<>())
                    .add(groups);
            out.append('(');
            at = end + 1;
        }

        /** Index of the closing bracket of a well-formed name, or -1: then RE2/J finds the right words. */
        private int nameEnd(int start) {
            int end = start;
            while (end < text.length()
                    && (text.charAt(end) == '_'
                            || (text.charAt(end) < 128 && Character.isLetterOrDigit(text.charAt(end))))) {
                end++;
            }
            return end > start && end < text.length() && text.charAt(end) == '>' ? end : -1;
        }

        private void close() {
            copy(1);
            if (levels.size() > 1) {
                Level closed = levels.pop();
                levels.getFirst().atom(closed.weight + 2, closed.repeat);
            }
        }

        private void repeat() {
            Optional<Repeat> repeat = Repeat.at(text, at);
            if (repeat.isEmpty()) {
                copy(1);
                levels.getFirst().atom(1, 1);
                return;
            }
            int times = repeat.get().max() == Repeat.UNBOUNDED
                    ? repeat.get().min()
                    : repeat.get().max();
            levels.getFirst().repeated(times);
            copy(repeat.get().end() - at);
        }
    }
}
