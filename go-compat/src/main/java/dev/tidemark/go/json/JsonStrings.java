package dev.tidemark.go.json;

import dev.tidemark.go.text.Utf8;
import java.nio.charset.StandardCharsets;

/** The texts within the quotes of JSON, as Go reads them: whatever is not UTF-8 or no pair of surrogates becomes U+FFFD. */
public final class JsonStrings {

    private static final char UNKNOWN = '\uFFFD';

    private JsonStrings() {}

    /** The text between two quotes that were checked. */
    public static String decode(byte[] text, int from, int to) {
        if (isPlain(text, from, to)) {
            return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        }
        StringBuilder out = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            if (text[at] == '\\') {
                at = escape(text, at + 1, to, out);
            } else {
                int run = at;
                while (at < to && text[at] != '\\') {
                    at++;
                }
                out.append(Utf8.shown(text, run, at));
            }
        }
        return out.toString();
    }

    /** Whether bytes are characters here: ASCII without an escape. */
    public static boolean isPlain(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] < 0 || text[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private static int escape(byte[] text, int at, int to, StringBuilder out) {
        switch (text[at]) {
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> {
                char first = unit(text, at + 1);
                boolean second = at + 10 < to && text[at + 5] == '\\' && text[at + 6] == 'u';
                if (second && Character.isSurrogatePair(first, unit(text, at + 7))) {
                    out.append(first).append(unit(text, at + 7));
                    return at + 11;
                }
                out.append(Character.isSurrogate(first) ? UNKNOWN : first);
                return at + 5;
            }
            default -> out.append((char) text[at]);
        }
        return at + 1;
    }

    private static char unit(byte[] text, int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            unit = (unit << 4) | Character.digit(text[i], 16);
        }
        return (char) unit;
    }
}
