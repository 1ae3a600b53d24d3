package dev.tidemark.go.strconv;

import java.util.OptionalDouble;

/**
 * Go's {@code strconv.ParseFloat(text, 64)}, bit for bit: decimal and hexadecimal, underscores between digits,
 * {@code inf} and {@code nan} in any case. In time linear in the text.
 */
public final class GoFloat {

    /** So many digits are exact in a long, and in a double when that is below 2^53. */
    private static final int SHORT = 15;

    private GoFloat() {}

    /** The number; nothing for a text that is none, and for one that no double is large enough for. */
    public static OptionalDouble read(String text) {
        if (isShortWhole(text)) {
            return OptionalDouble.of((double) Long.parseLong(text));
        }
        OptionalDouble special = special(text);
        if (special.isPresent()) {
            return special;
        }
        if (!isWritten(text)) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text.indexOf('_') < 0 ? text : text.replace("_", ""));
        return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * The same with a reason.
     *
     * @throws NumberFormatException says whether the text is no number or too large
     */
    public static double parse(String text) {
        return read(text)
                .orElseThrow(() -> new NumberFormatException(
                        (isWritten(text) ? "value out of range: \"" : "illegal number syntax: \"") + text + '"'));
    }

    /** Build numbers and timestamps, nearly all there is. */
    private static boolean isShortWhole(String text) {
        return text.length() <= SHORT
                && !text.isEmpty()
                && digits(text, 0, false) == text.length()
                && !hasUnderscore(text);
    }

    private static boolean hasUnderscore(String text) {
        return text.indexOf('_') >= 0;
    }

    private static OptionalDouble special(String text) {
        int from = hasSign(text) ? 1 : 0;
        if (isWord(text, from, "inf") || isWord(text, from, "infinity")) {
            return OptionalDouble.of(text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return isWord(text, 0, "nan") ? OptionalDouble.of(Double.NaN) : OptionalDouble.empty();
    }

    /** In ASCII: the JDK's comparisons without case also take a dotless i. */
    private static boolean isWord(String text, int from, String word) {
        if (text.length() - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (lower(text.charAt(from + i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text has the form of a number, however large. */
    private static boolean isWritten(String text) {
        int from = hasSign(text) ? 1 : 0;
        boolean hex = at(text, from) == '0' && lower(at(text, from + 1)) == 'x';
        from += hex ? 2 : 0;
        // An underscore may stand behind the prefix, too, but not alone.
        int whole = hex && at(text, from) == '_' ? digits(text, from + 1, true) : digits(text, from, hex);
        boolean any = whole > from;
        if (any && at(text, whole - 1) == '_') {
            return false;
        }
        int end = whole;
        if (at(text, whole) == '.') {
            end = digits(text, whole + 1, hex);
            any |= end > whole + 1;
        }
        if (lower(at(text, end)) == (hex ? 'p' : 'e')) {
            int exponent = end + (at(text, end + 1) == '+' || at(text, end + 1) == '-' ? 2 : 1);
            end = digits(text, exponent, false);
            any &= end > exponent;
        } else {
            any &= !hex;
        }
        return any && end == text.length();
    }

    /** The end of the digits from there, with single underscores between them. */
    private static int digits(String text, int from, boolean hex) {
        int end = from;
        while (isDigit(at(text, end), hex) || (end > from && at(text, end) == '_' && isDigit(at(text, end + 1), hex))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c, boolean hex) {
        return (c >= '0' && c <= '9') || (hex && lower(c) >= 'a' && lower(c) <= 'f');
    }

    private static boolean hasSign(String text) {
        return at(text, 0) == '+' || at(text, 0) == '-';
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    private static char at(String text, int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }
}
