package dev.tidemark.cli.output;

/**
 * Text before a terminal sees it, wherever it came from: nothing in it moves a cursor, changes a title or turns the
 * direction of reading. What is taken out stands there as its code, for example {@code \\u001b}.
 */
public final class Printable {

    private Printable() {}

    /** Line ends and tabs stay. */
    public static String lines(String text) {
        if (text.chars().noneMatch(Printable::isBad)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (isBad(c)) {
                out.append("\\u%04x".formatted(c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    private static boolean isBad(int c) {
        return c != '\n'
                && c != '\t'
                && (Character.isISOControl(c)
                        || c == 0x2028
                        || c == 0x2029
                        || c == 0x061C
                        || c == 0x200E
                        || c == 0x200F
                        || (c >= 0x202A && c <= 0x202E)
                        || (c >= 0x2066 && c <= 0x2069));
    }
}
