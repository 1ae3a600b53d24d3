package dev.tidemark.gotemplates.parse;

import dev.tidemark.go.text.Utf8;

/** Go's interpreted string and character literals. */
final class StringLiteral {
    private static final String SIMPLE = "abfnrtv\\";
    private static final String SIMPLE_VALUES = "\u0007\b\f\n\r\t\u000b\\";

    private final String text;
    private final char quote;
    private int at = 1;
    /** Whether the last character came from an escape that names a byte. */
    private boolean isByte;

    private StringLiteral(String text) {
        this.text = text;
        this.quote = text.charAt(0);
    }

    /**
     * The value of a string in double quotes.
     *
     * @throws IllegalArgumentException with the reason
     */
    static String string(String text) {
        var literal = new StringLiteral(text);
        StringBuilder value = new StringBuilder(text.length());
        boolean raw = false;
        while (literal.at < text.length() - 1) {
            int point = literal.character();
            if (literal.isByte && point >= 0x80) {
                raw = true;
                value.append(Utf8.rawByte(point));
            } else {
                value.appendCodePoint(point);
            }
        }
        // Escaped bytes may make up a character together.
        return raw ? Utf8.string(Utf8.bytes(value)) : value.toString();
    }

    /** The code point of a character constant. */
    static int character(String text) {
        var literal = new StringLiteral(text);
        if (text.length() < 3) {
            throw new IllegalArgumentException("invalid syntax: a character constant needs one character");
        }
        int point = literal.character();
        if (literal.at != text.length() - 1) {
            throw new IllegalArgumentException("malformed character constant: expected one character");
        }
        return point;
    }

    private int character() {
        isByte = false;
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        if (point != '\\') {
            return point;
        }
        char escape = text.charAt(at++);
        int simple = SIMPLE.indexOf(escape);
        if (simple >= 0) {
            return SIMPLE_VALUES.charAt(simple);
        }
        return switch (escape) {
            case 'x' -> {
                isByte = true;
                yield digits(2, 16);
            }
            case 'u' -> checked(digits(4, 16));
            case 'U' -> checked(digits(8, 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                isByte = true;
                int value = digits(3, 8);
                if (value > 0xFF) {
                    throw new IllegalArgumentException("invalid syntax: octal escape over 377");
                }
                yield value;
            }
            default -> {
                if (escape == quote) {
                    yield escape;
                }
                throw new IllegalArgumentException("invalid syntax: unknown escape \\" + escape);
            }
        };
    }

    private int digits(int count, int radix) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            int digit = at < text.length() - 1 ? Character.digit(text.charAt(at++), radix) : -1;
            if (digit < 0) {
                throw new IllegalArgumentException("invalid syntax: the escape needs " + count + " digits");
            }
            value = value * radix + digit;
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private static int checked(int point) {
        if (point > Character.MAX_CODE_POINT || (point >= 0xD800 && point <= 0xDFFF)) {
            throw new IllegalArgumentException("invalid syntax: the escape names no character");
        }
        return point;
    }

    /** What stands between backquotes: Go leaves out carriage returns. */
    static String raw(String quoted) {
        return quoted.substring(1, quoted.length() - 1).replace("\r", "");
    }
}
