package dev.tidemark.gotemplates.parse;

import dev.tidemark.go.strconv.GoFloat;
import dev.tidemark.go.strconv.GoInt;
import dev.tidemark.gotemplates.value.GoComplex;
import dev.tidemark.gotemplates.value.GoInteger;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number as written, with what it could be: Go decides by the type that is asked for.
 *
 * @param text as written
 * @param integer set if it is a whole number in the range of int64
 * @param floating set if it is a real number
 * @param value what it is where nothing special is asked for; null if no {@code int} holds it
 */
public record NumberLiteral(
        String text,
        @Nullable Long integer,
        @Nullable Double floating,
        @Nullable Object value) {
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(Long.SIZE);

    /** A character constant: an {@code int}. */
    static NumberLiteral ofCharacter(String text, int point) {
        return new NumberLiteral(text, (long) point, (double) point, GoInteger.of(point));
    }

    /**
     * Reads a number.
     *
     * @throws IllegalArgumentException with the reason
     */
    static NumberLiteral parse(String text) {
        if (text.endsWith("i")) {
            return complex(text);
        }
        BigInteger whole = GoInt.parse(text);
        if (whole != null) {
            if (whole.bitLength() < Long.SIZE) {
                long value = whole.longValue();
                return new NumberLiteral(text, value, (double) value, GoInteger.of(value));
            }
            if (whole.signum() > 0 && whole.compareTo(UNSIGNED_LIMIT) < 0) {
                return new NumberLiteral(text, null, whole.doubleValue(), null);
            }
            throw new IllegalArgumentException("integer overflow: " + text);
        }
        double value = GoFloat.parse(text);
        if (text.chars().noneMatch(c -> ".eEpP".indexOf(c) >= 0)) {
            // Digits that are no integer: too many, or an 8 behind a zero.
            throw new IllegalArgumentException("integer overflow: " + text);
        }
        boolean integral = value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63;
        return new NumberLiteral(text, integral ? (Long) (long) value : null, value, value);
    }

    private static NumberLiteral complex(String text) {
        int split = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        while (split > 0 && "eEpP".indexOf(text.charAt(split - 1)) >= 0 && !isHexDigitE(text, split)) {
            split = Math.max(text.lastIndexOf('+', split - 1), text.lastIndexOf('-', split - 1));
        }
        double real = split <= 0 ? 0 : GoFloat.parse(text.substring(0, split));
        double imaginary = GoFloat.parse(text.substring(Math.max(split, 0), text.length() - 1));
        if (imaginary == 0) {
            boolean integral = real == Math.rint(real) && real >= -0x1p63 && real < 0x1p63;
            Long integer = integral ? (Long) (long) real : null;
            return new NumberLiteral(text, integer, real, new GoComplex(real, imaginary));
        }
        return new NumberLiteral(text, null, null, new GoComplex(real, imaginary));
    }

    private static boolean isHexDigitE(String text, int split) {
        return text.charAt(split - 1) != 'p' && text.charAt(split - 1) != 'P' && text.contains("x");
    }
}
