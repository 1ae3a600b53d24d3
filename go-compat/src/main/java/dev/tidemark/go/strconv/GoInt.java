package dev.tidemark.go.strconv;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Go's integers as {@code strconv.ParseInt(text, 0, …)} reads them: with a prefix for the base and underscores between digits. */
public final class GoInt {

    /** Stands for whatever is longer than a word in any base: so long texts cost no more than their length. */
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(Long.SIZE + 1);

    private GoInt() {}

    /**
     * The value, or null for a text that is no integer. One beyond 64 bits may come as another one beyond them, of the same
     * sign: no type of Go holds either.
     */
    public static @Nullable BigInteger parse(String text) {
        boolean negative = text.startsWith("-");
        int at = negative || text.startsWith("+") ? 1 : 0;
        int radix = 10;
        // Behind a prefix, of which a zero alone is one, an underscore may stand; at the end none.
        boolean mayFollow = false;
        boolean ends = false;
        if (text.length() - at > 1 && text.charAt(at) == '0') {
            radix = base(text.charAt(at + 1));
            mayFollow = true;
            ends = radix == 0;
            at += radix == 0 ? 1 : 2;
            radix = radix == 0 ? 8 : radix;
        }
        StringBuilder digits = new StringBuilder(text.length() - at);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            ends = c != '_';
            if (ends ? c > 'z' || Character.digit(c, radix) < 0 : !mayFollow) {
                return null;
            }
            mayFollow = ends;
            if (ends && (c != '0' || !digits.isEmpty())) {
                digits.append(c);
            }
        }
        return ends ? value(digits, radix, negative) : null;
    }

    private static BigInteger value(StringBuilder digits, int radix, boolean negative) {
        BigInteger magnitude = digits.isEmpty()
                ? BigInteger.ZERO
                : digits.length() > Long.SIZE ? BEYOND : new BigInteger(digits.toString(), radix);
        return negative ? magnitude.negate() : magnitude;
    }

    /** 0 for what is no letter of a base. */
    private static int base(char letter) {
        return switch (letter) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
    }
}
