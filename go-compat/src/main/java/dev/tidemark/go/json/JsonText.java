package dev.tidemark.go.json;

import dev.tidemark.go.text.Utf8;

/** Texts as {@code encoding/json} quotes them. */
public final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** @param escapesHtml as {@code json.Marshal} does: {@code <}, {@code >} and {@code &} are escaped, too */
    public static String quoted(String text, boolean escapesHtml) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        quote(text, escapesHtml, out::append);
        return out.toString();
    }

    /** In pieces, so that whoever takes them may stop it. */
    static void quote(String text, boolean escapesHtml, DocumentOutput out) {
        out.append("\"");
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String escape = escape(text, i, escapesHtml);
            if (!escape.isEmpty()) {
                out.append(text.substring(from, i));
                out.append(escape);
                from = i + 1;
            }
        }
        out.append(text.substring(from));
        out.append("\"");
    }

    /** What stands for the character there; empty for itself. */
    private static String escape(String text, int index, boolean escapesHtml) {
        char c = text.charAt(index);
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '<', '>', '&' -> escapesHtml ? "\\u00" + hex(c) : "";
            // JavaScript takes them for ends of lines.
            case '\u2028' -> "\\u2028";
            case '\u2029' -> "\\u2029";
            default -> c < ' ' ? "\\u00" + hex(c) : Utf8.isRawByte(text, index) ? "\\ufffd" : "";
        };
    }

    private static String hex(char c) {
        return "" + HEX.charAt(c >> 4) + HEX.charAt(c & 0xF);
    }
}
