package dev.tidemark.gotemplates.parse;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Go's integers as written: with a prefix for the base and underscores between digits. */
public final class GoIntegers {
    private GoIntegers() {}

    /** The value of an integer in any of Go's bases, or null if the text is none. */
    public static @Nullable BigInteger parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        int radix = 10;
        String body = digits;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            radix = switch (digits.charAt(1)) {
                case 'x', 'X' -> 16;
                case 'b', 'B' -> 2;
                default -> 8;
            };
            boolean letter = Character.isLetter(digits.charAt(1));
            body = digits.substring(letter ? 2 : 1);
            if (letter && !"xXbBoO".contains(digits.substring(1, 2))) {
                return null;
            }
            body = body.startsWith("_") ? body.substring(1) : body;
        }
        if (body.isEmpty() || body.startsWith("_") || body.endsWith("_") || body.contains("__")) {
            return null;
        }
        String plain = body.replace("_", "");
        for (int i = 0; i < plain.length(); i++) {
            if (Character.digit(plain.charAt(i), radix) < 0) {
                return null;
            }
        }
        // Longer than any 64-bit number in any base; keeps the conversion cheap.
        if (plain.length() > 200) {
            throw new IllegalArgumentException("integer overflow: a number of " + plain.length() + " digits");
        }
        BigInteger value = new BigInteger(plain, radix);
        return text.startsWith("-") ? value.negate() : value;
    }
}
