package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.TemplateFunction;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Upper and lower case, character by character as Go does it. */
final class CaseFunctions {
    private CaseFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("upper(string)", a -> mapped(a.text(0), Character::toUpperCase)),
                TemplateFunction.of("lower(string)", a -> mapped(a.text(0), Character::toLowerCase)),
                TemplateFunction.of("title(string)", a -> title(a.text(0))));
    }

    private static String mapped(String text, IntUnaryOperator operator) {
        if (!Utf8.isAscii(text) && hasRawByte(text)) {
            // Go replaces what is no character.
            return mapped(text.replaceAll("[\\x{DC80}-\\x{DCFF}]", "\uFFFD"), operator);
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(operator).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean hasRawByte(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Utf8.isRawByte(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** The first letter of each word in title case. */
    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int before = ' ';
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            out.appendCodePoint(isSeparator(before) ? Character.toTitleCase(point) : point);
            before = point;
        }
        return out.toString();
    }

    private static boolean isSeparator(int point) {
        if (point < 0x80) {
            return point != '_' && !Character.isLetterOrDigit(point);
        }
        return !Character.isLetterOrDigit(point) && Spaces.isSpace(point);
    }
}
