package dev.tidemark.gotemplates.format;

import dev.tidemark.go.text.Utf8;

/** Go's quoted strings and characters. */
public final class Quote {
    private Quote() {}

    /** In double quotes, with escapes for what does not print. */
    public static String string(String text) {
        return quoted(text, '"', false);
    }

    /** Also with escapes for everything outside of ASCII. */
    static String asciiString(String text) {
        return quoted(text, '"', true);
    }

    static String character(int point, boolean ascii) {
        boolean valid = Character.isValidCodePoint(point) && !(point >= 0xD800 && point <= 0xDFFF);
        return quoted(Character.toString(valid ? point : 0xFFFD), '\'', ascii);
    }

    private static String quoted(String text, char quote, boolean ascii) {
        StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (Utf8.isRawByte(text, i)) {
                out.append(String.format("\\x%02x", point & 0xFF));
            } else {
                escaped(out, point, quote, ascii);
            }
        }
        return out.append(quote).toString();
    }

    private static void escaped(StringBuilder out, int point, char quote, boolean ascii) {
        if (point == quote || point == '\\') {
            out.append('\\').append((char) point);
        } else if (point < 0x7F ? point >= ' ' : !ascii && isPrintable(point)) {
            out.appendCodePoint(point);
        } else {
            switch (point) {
                case 0x07 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0x0B -> out.append("\\v");
                default ->
                    out.append(
                            point < ' ' || point == 0x7F
                                    ? String.format("\\x%02x", point)
                                    : point < 0x10000
                                            ? String.format("\\u%04x", point)
                                            : String.format("\\U%08x", point));
            }
        }
    }

    /** Letters, marks, numbers, punctuation, symbols and the ASCII blank. */
    public static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    /** Whether the text can stand between backquotes. */
    static boolean canBackquote(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == '`' || c == 0x7F || c == 0xFEFF || Utf8.isRawByte(text, i)) {
                return false;
            }
        }
        return true;
    }
}
