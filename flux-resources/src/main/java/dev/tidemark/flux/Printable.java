package dev.tidemark.flux;

/**
 * Text from outside, such as who asked for a halt, before a log or a terminal sees it: nothing in it moves a cursor, forges
 * a line or turns the direction of reading. What is taken out stands there as its code, for example {@code \u001b}.
 */
public final class Printable {

    private Printable() {}

    /** One line. */
    public static String line(String text) {
        return clean(text, false);
    }

    /** Lines and tabs stay. */
    public static String lines(String text) {
        return clean(text, true);
    }

    private static String clean(String text, boolean linesStay) {
        if (text.chars().noneMatch(c -> isBad(c, linesStay))) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (isBad(c, linesStay)) {
                out.append("\\u%04x".formatted(c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    private static boolean isBad(int c, boolean linesStay) {
        if (linesStay && (c == '\n' || c == '\t')) {
            return false;
        }
        return Character.isISOControl(c) || isLineSeparator(c) || turnsDirection(c);
    }

    private static boolean isLineSeparator(int c) {
        return c == '\u2028' || c == '\u2029';
    }

    private static boolean turnsDirection(int c) {
        return c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
