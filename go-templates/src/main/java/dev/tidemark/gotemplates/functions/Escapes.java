package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.format.Quote;
import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.limits.Budget;

/** Go's escapes for HTML, JavaScript and queries of URLs. */
final class Escapes {
    private Escapes() {}

    static String html(Budget budget, String text) {
        var out = new BoundedText(budget);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\0' -> out.append('\uFFFD');
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    static String js(Budget budget, String text) {
        var out = new BoundedText(budget);
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            switch (point) {
                case '\\' -> out.append("\\\\");
                case '\'' -> out.append("\\'");
                case '"' -> out.append("\\\"");
                case '<', '>', '&', '=' -> out.append(String.format("\\u%04X", point));
                default -> {
                    boolean plain = point < 0x80 ? point >= ' ' : Quote.isPrintable(point);
                    if (plain) {
                        out.appendCodePoint(point);
                    } else {
                        out.append(String.format("\\u%04X", point));
                    }
                }
            }
        }
        return out.toString();
    }

    static String urlQuery(Budget budget, String text) {
        var out = new BoundedText(budget);
        for (byte b : Utf8.bytes(text)) {
            char c = (char) (b & 0xFF);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (letter || c == '-' || c == '_' || c == '.' || c == '~') {
                out.append(c);
            } else if (c == ' ') {
                out.append('+');
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
