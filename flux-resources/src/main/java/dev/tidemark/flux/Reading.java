package dev.tidemark.flux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A text as somebody reads it who undoes an escaping, with the place where each byte came from. Bytes stand for
 * characters (one each), since percent signs escape bytes.
 */
final class Reading {

    private final String bytes;
    private final int[] begins;
    private final int[] ends;

    private Reading(String bytes, int[] begins, int[] ends) {
        this.bytes = bytes;
        this.begins = begins;
        this.ends = ends;
    }

    /** Undoes one escape: what stands there, and how long it is; nothing where none begins. */
    private interface Escape {
        /** @return the character escaped at {@code at}, or -1 */
        int read(String text, int at);

        /** How many characters the escape at {@code at} has. */
        int length(String text, int at);
    }

    /** As it stands, with percent signs, with the backslashes of JSON, with the entities of HTML. */
    static List<Reading> all(String text) {
        Reading asIs = of(text, NONE);
        return Arrays.asList(
                asIs,
                text.indexOf('%') < 0 ? asIs : of(text, PERCENT),
                text.indexOf('\\') < 0 ? asIs : of(text, BACKSLASH),
                text.indexOf('&') < 0 ? asIs : of(text, ENTITY));
    }

    /** A text in the shape that readings are searched in. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Marks where a secret stands. */
    void mark(String secret, BitSet masked) {
        for (int at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + 1)) {
            masked.set(begins[at], ends[at + secret.length() - 1]);
        }
    }

    private static Reading of(String text, Escape escape) {
        StringBuilder bytes = new StringBuilder(text.length());
        int[] begins = new int[text.length() * 3];
        int[] ends = new int[text.length() * 3];
        int at = 0;
        while (at < text.length()) {
            int escaped = escape.read(text, at);
            int end;
            String read;
            if (escaped >= 0) {
                end = at + escape.length(text, at);
                // percent signs escape bytes, the others characters
                read = escape == PERCENT ? Character.toString(escaped) : bytes(Character.toString(escaped));
            } else {
                end = at + Character.charCount(text.codePointAt(at));
                read = text.charAt(at) < 0x80 ? text.substring(at, end) : bytes(text.substring(at, end));
            }
            for (int i = 0; i < read.length(); i++) {
                begins[bytes.length()] = at;
                ends[bytes.length()] = end;
                bytes.append(read.charAt(i));
            }
            at = end;
        }
        return new Reading(bytes.toString(), begins, ends);
    }

    private static final Escape NONE = new Escape() {
        @Override
        public int read(String text, int at) {
            return -1;
        }

        @Override
        public int length(String text, int at) {
            return 0;
        }
    };

    private static final Escape PERCENT = new Escape() {
        @Override
        public int read(String text, int at) {
            return text.charAt(at) == '%' ? hex(text, at + 1, 2) : -1;
        }

        @Override
        public int length(String text, int at) {
            return 3;
        }
    };

    private static final Escape BACKSLASH = new Escape() {
        @Override
        public int read(String text, int at) {
            if (text.charAt(at) != '\\' || at + 1 == text.length()) {
                return -1;
            }
            char next = text.charAt(at + 1);
            return switch (next) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'u' -> hex(text, at + 2, 4);
                default -> "\"\\/'".indexOf(next) >= 0 ? next : -1;
            };
        }

        @Override
        public int length(String text, int at) {
            return text.charAt(at + 1) == 'u' ? 6 : 2;
        }
    };

    private static final Escape ENTITY = new Escape() {
        private static final List<String> NAMES =
                List.of("&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#34;", "&#39;", "&#38;", "&#43;");
        private static final String MEANINGS = "&<>\"'\"'&+";

        @Override
        public int read(String text, int at) {
            for (int i = 0; i < NAMES.size(); i++) {
                if (text.startsWith(NAMES.get(i), at)) {
                    return MEANINGS.charAt(i);
                }
            }
            return -1;
        }

        @Override
        public int length(String text, int at) {
            return text.indexOf(';', at) - at + 1;
        }
    };

    private static int hex(String text, int begin, int digits) {
        if (begin + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = begin; i < begin + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
