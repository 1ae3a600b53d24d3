package dev.tidemark.watcher.hook;

import java.nio.charset.StandardCharsets;

/** The text within a JSON string, as Go reads it: whatever is not UTF-8 or no pair of surrogates becomes U+FFFD. */
final class JsonText {

    private static final char UNKNOWN = '\uFFFD';

    private JsonText() {}

    /** The text between two quotes that were checked. */
    static String decode(byte[] text, int from, int to) {
        if (isPlain(text, from, to)) {
            return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        }
        StringBuilder out = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            if (text[at] == '\\') {
                at = escape(text, at + 1, to, out);
            } else {
                int length = sequence(text, at, to);
                if (length == 0) {
                    out.append(UNKNOWN);
                } else {
                    out.appendCodePoint(point(text, at, length));
                }
                at += Math.max(1, length);
            }
        }
        return out.toString();
    }

    /** Whether bytes are characters here: ASCII without an escape. */
    static boolean isPlain(byte[] text, int from, int to) {
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

    private static int point(byte[] text, int at, int length) {
        if (length == 1) {
            return text[at];
        }
        int point = text[at] & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            point = (point << 6) | (text[at + i] & 0x3F);
        }
        return point;
    }

    /** Bytes of the UTF-8 sequence that begins here, 0 when it is none. */
    private static int sequence(byte[] text, int at, int to) {
        int lead = text[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead >= 0xC2 && lead <= 0xDF
                ? 2
                : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        int second = text[at + 1] & 0xFF;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((text[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
