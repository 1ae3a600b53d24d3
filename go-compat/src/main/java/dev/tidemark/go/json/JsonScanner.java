package dev.tidemark.go.json;

import java.util.BitSet;

/**
 * Finds where a JSON value ends, by the grammar of Go's {@code encoding/json}: without recursion, in one pass, and
 * nothing is kept of what is read. A byte order mark is no white space; bytes within a text need not be UTF-8.
 */
public final class JsonScanner {

    /** Go's limit. */
    public static final int MAX_DEPTH = 10_000;

    private static final int NONE = -1;

    private final byte[] text;
    private int at;

    private JsonScanner(byte[] text, int from) {
        this.text = text;
        this.at = from;
    }

    /**
     * The end of the value that begins at {@code from} or behind white space there; when there is none, a negative number,
     * whose complement ({@code ~}) is where that shows.
     */
    public static int end(byte[] text, int from) {
        JsonScanner scanner = new JsonScanner(text, from);
        int c = scanner.next();
        boolean read = (c == '{' || c == '[') ? scanner.value() : scanner.scalar(c);
        return read ? scanner.at : ~scanner.at;
    }

    /** The first position at or behind {@code from} that is no white space. */
    public static int skipSpace(byte[] text, int from) {
        int at = from;
        while (at < text.length && isSpace(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /** A value with everything in it. */
    private boolean value() {
        BitSet objects = new BitSet();
        int depth = 0;
        while (true) {
            int c = next();
            boolean opened = c == '{' || c == '[';
            if (opened) {
                if (++depth > MAX_DEPTH) {
                    return false;
                }
                at++;
                objects.set(depth, c == '{');
            } else if (!scalar(c)) {
                return false;
            }
            // What follows a value, or an opening bracket: ends of what is open, then the next value or nothing.
            boolean first = opened;
            while (true) {
                if (depth == 0) {
                    return true;
                }
                int after = next();
                boolean object = objects.get(depth);
                if (after == (object ? '}' : ']')) {
                    at++;
                    depth--;
                    first = false;
                    continue;
                }
                if (!first) {
                    if (after != ',') {
                        return false;
                    }
                    at++;
                }
                if (object && !name()) {
                    return false;
                }
                break;
            }
        }
    }

    private boolean name() {
        if (next() != '"' || !quoted() || next() != ':') {
            return false;
        }
        at++;
        return true;
    }

    private boolean scalar(int c) {
        return switch (c) {
            case '"' -> quoted();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        };
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (peek() != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean quoted() {
        at++;
        while (at < text.length) {
            byte b = text[at++];
            if (b == '"') {
                return true;
            }
            if ((b >= 0 && b < ' ') || (b == '\\' && !escape())) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        int c = peek();
        at++;
        if (c != 'u') {
            return c >= 0 && "\"\\/bfnrt".indexOf(c) >= 0;
        }
        for (int i = 0; i < 4; i++, at++) {
            if (Character.digit(peek(), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > from;
    }

    /** The byte behind white space, -1 at the end. */
    private int next() {
        at = skipSpace(text, at);
        return peek();
    }

    /** Bytes above ASCII are negative, like the end: neither begins anything. */
    private int peek() {
        return at < text.length ? text[at] : NONE;
    }
}
