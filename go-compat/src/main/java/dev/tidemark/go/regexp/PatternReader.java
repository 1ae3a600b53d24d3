package dev.tidemark.go.regexp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a pattern so that RE2/J reads it as Go does (spec library-facts 2): named groups become plain ones whose names are
 * kept (Go allows one name twice), names of categories become short ones, a brace that is no repeat is escaped, and what would
 * cost too much to compile is refused.
 *
 * <p>RE2/J also takes a letter in one case for the same letter in both when it factors alternatives ({@code relB|rel[bB]}).
 * Such classes, which it turns into letters that ignore case, get a half of a surrogate pair as one more member: no text has
 * it, and the class stays one.
 */
final class PatternReader {

    /** Patterns are written by people; a longer one is a mistake or an attack. */
    static final int MAX_LENGTH = 4096;

    private static final String NO_LETTER = "\\x{D800}";

    /** More members than this are more than one letter in two cases, however often it is written. */
    private static final int FEW_MEMBERS = 4;

    private static final String META = "\\.+*?()|[]{}^$";

    /** Escapes that stand for no single character. */
    private static final String SPECIAL_ESCAPES = "bBAzdDsSwWC";

    /**
     * @param pattern for RE2/J
     * @param groupsByName group numbers in order of appearance
     * @param weight of the compiled pattern, in single characters
     */
    record Result(String pattern, Map<String, List<Integer>> groupsByName, long weight) {}

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, List<Integer>> groupsByName = new HashMap<>();
    private final Deque<PatternLevel> levels = new ArrayDeque<>(List.of(new PatternLevel(false)));
    private final boolean alternatives;
    private int groups;
    private int at;

    private PatternReader(String text) {
        this.text = text;
        this.alternatives = text.indexOf('|') >= 0;
    }

    static Result read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new GoPatternException(
                    "expression too long: %d characters, at most %d are allowed".formatted(text.length(), MAX_LENGTH));
        }
        return new PatternReader(text).read();
    }

    private Result read() {
        while (at < text.length()) {
            step();
            level().check();
        }
        return new Result(out.toString(), Map.copyOf(groupsByName), level().weight());
    }

    private PatternLevel level() {
        return levels.getFirst();
    }

    private void step() {
        switch (text.charAt(at)) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> open();
            case ')' -> close();
            case '{' -> brace();
            case '|' -> {
                copy(1);
                level().alternative();
            }
            case '*', '+', '?' -> {
                copy(1);
                level().repeated();
            }
            case '^', '$', '.' -> {
                copy(1);
                level().atom();
            }
            default -> {
                int point = text.codePointAt(at);
                at += Character.charCount(point);
                literal(literalText(point));
            }
        }
    }

    private void copy(int count) {
        int end = Math.min(text.length(), at + count);
        out.append(text, at, end);
        at = end;
    }

    private static String literalText(int point) {
        String character = Character.toString(point);
        return META.contains(character) ? '\\' + character : character;
    }

    /** @param escaped one character, as it may stand in a pattern and in a class */
    private void literal(String escaped) {
        if (alternatives && level().ignoresCase()) {
            out.append('[').append(escaped).append(NO_LETTER).append(']');
        } else {
            out.append(escaped);
        }
        level().literal();
    }

    private void escape() {
        if (text.startsWith("\\Q", at)) {
            int end = text.indexOf("\\E", at + 2);
            String quoted = text.substring(at + 2, end < 0 ? text.length() : end);
            quoted.codePoints().forEach(point -> literal(literalText(point)));
            at = end < 0 ? text.length() : end + 2;
            return;
        }
        char c = escapedCharacter();
        if (c == 'p' || c == 'P') {
            out.append(category(false));
            level().atom();
        } else if (c == 0 || SPECIAL_ESCAPES.indexOf(c) >= 0) {
            copy(2);
            level().atom();
        } else {
            int start = at;
            at = escapeEnd(c);
            literal(text.substring(start, at));
        }
    }

    /** NUL at the end of the text: RE2/J has the right words for that. */
    private char escapedCharacter() {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        if (c >= 128) {
            throw new GoPatternException(
                    "invalid escape sequence: `\\" + Character.toString(text.codePointAt(at + 1)) + '`');
        }
        return c;
    }

    private int escapeEnd(char c) {
        int end = at + 2;
        if (c == 'x') {
            int close = text.startsWith("{", end) ? text.indexOf('}', end) : end + 1;
            return close < 0 ? end : Math.min(text.length(), close + 1);
        }
        boolean octal = c >= '0' && c <= '7';
        while (octal && end < text.length() && end < at + 4 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
            end++;
        }
        return end;
    }

    private String category(boolean inClass) {
        boolean negated = text.charAt(at + 1) == 'P';
        int close = text.startsWith("{", at + 2) ? text.indexOf('}', at) : -1;
        if (close < 0 && (at + 2 >= text.length() || text.charAt(at + 2) == '{')) {
            String rest = text.substring(at);
            at = text.length();
            return rest;
        }
        int end = close < 0 ? text.offsetByCodePoints(at + 2, 1) : close + 1;
        String name = close < 0 ? text.substring(at + 2, end) : text.substring(at + 3, close);
        at = end;
        return UnicodeCategory.of(name).text(negated, inClass, level().ignoresCase());
    }

    private void characterClass() {
        boolean negated = text.startsWith("[^", at);
        at += negated ? 2 : 1;
        StringBuilder members = new StringBuilder();
        int count = 0;
        for (; at < text.length() && (count == 0 || text.charAt(at) != ']'); count++) {
            int start = at;
            int end = text.startsWith("[:", at) ? text.indexOf(":]", at + 2) : -1;
            if (end > 0) {
                at = end + 2;
            } else if (text.charAt(at) == '\\') {
                char c = escapedCharacter();
                if (c == 'p' || c == 'P') {
                    members.append(category(true));
                    continue;
                }
                at = Math.min(text.length(), escapeEnd(c));
            } else {
                at++;
                // Behind the member that is put in front, these two would mean something else.
                members.append(count == 0 && "]-".indexOf(text.charAt(start)) >= 0 ? "\\" : "");
            }
            members.append(text, start, at);
        }
        boolean closed = at < text.length();
        boolean twoCases = alternatives && closed && !negated && count <= FEW_MEMBERS;
        out.append(negated ? "[^" : "[").append(twoCases ? NO_LETTER : "").append(members);
        copy(1);
        level().atom();
    }

    private void open() {
        boolean ignoresCase = level().ignoresCase();
        int name = text.startsWith("(?P<", at) ? at + 4 : text.startsWith("(?<", at) ? at + 3 : -1;
        int nameEnd = name < 0 ? -1 : nameEnd(name);
        if (nameEnd > 0) {
            groupsByName
                    .computeIfAbsent(text.substring(name, nameEnd), unused -> new ArrayList<>())
                    .add(++groups);
            out.append('(');
            at = nameEnd + 1;
        } else if (!text.startsWith("(?", at)) {
            groups++;
            copy(1);
        } else {
            flags();
            return;
        }
        levels.push(new PatternLevel(ignoresCase).capturing());
    }

    /** {@code (?i)} changes what follows in this group, {@code (?i:} opens another; anything else is RE2/J's to refuse. */
    private void flags() {
        int end = at + 2;
        boolean on = true;
        boolean ignoresCase = level().ignoresCase();
        while (end < text.length() && "imsU-".indexOf(text.charAt(end)) >= 0) {
            on &= text.charAt(end) != '-';
            ignoresCase = text.charAt(end) == 'i' ? on : ignoresCase;
            end++;
        }
        boolean here = text.startsWith(")", end);
        copy(end + (here ? 1 : 0) - at);
        if (here) {
            level().ignoreCase(ignoresCase);
        } else {
            copy(text.startsWith(":", at) ? 1 : 0);
            levels.push(new PatternLevel(ignoresCase));
        }
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
            PatternLevel closed = levels.pop();
            level().group(closed);
        }
    }

    private void brace() {
        Repeat repeat = Repeat.at(text, at).orElse(null);
        if (repeat == null) {
            at++;
            literal("\\{");
            return;
        }
        if (!repeat.isValid()) {
            throw new GoPatternException("invalid repeat count: `" + text.substring(at, repeat.end()) + '`');
        }
        level().repeated(repeat);
        copy(repeat.end() - at);
    }
}
