package dev.tidemark.go.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers as Go's strconv reads and writes them, where Go's YAML uses it. */
final class GoNumbers {

    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final int UNSIGNED_BITS = 64;
    /** Whole doubles below it are exact. */
    private static final double EXACT = 0x1p53;
    /** More digits than any number of 64 bits has, also in base 2. */
    private static final int MAX_DIGITS = 4096;
    /** Go turns to exponents from here on when it writes as short as possible. */
    private static final int MAX_PLAIN_EXPONENT = 5;

    private GoNumbers() {}

    /** Long, BigInteger up to 64 bits without a sign, Double; null if it is none. Underscores do not count. */
    static @Nullable Object number(String text, YamlDialect dialect) {
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        if (plain.isEmpty()) {
            return null;
        }
        Object whole = whole(plain);
        if (whole != null) {
            return whole;
        }
        Double floating = dotted(plain);
        return floating != null ? floating : signedBehindBase(plain, dialect);
    }

    private static @Nullable Object whole(String text) {
        boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
        int at = signed ? 1 : 0;
        int base = 10;
        if (at < text.length() && text.charAt(at) == '0') {
            base = text.length() - at < 3 ? 0 : baseOf(text.charAt(at + 1));
            at += base == 0 ? 0 : 2;
            base = base == 0 ? 8 : base;
        }
        return magnitude(text, at, base, text.charAt(0) == '-', !signed);
    }

    private static int baseOf(char letter) {
        return switch (letter) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
    }

    private static @Nullable Object magnitude(String text, int from, int base, boolean negative, boolean unsigned) {
        if (from >= text.length() || text.length() - from > MAX_DIGITS) {
            return null;
        }
        for (int i = from; i < text.length(); i++) {
            int digit = Chars.hex(text.charAt(i));
            if (digit < 0 || digit >= base) {
                return null;
            }
        }
        BigInteger value = new BigInteger(text.substring(from), base);
        BigInteger number = negative ? value.negate() : value;
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return unsigned && number.compareTo(MIN) > 0 && number.bitLength() <= UNSIGNED_BITS ? number : null;
    }

    /** Go tries {@code 0b-1} a second time, behind the letter, and takes the sign there; yaml.v3 also {@code 0o-7}. */
    private static @Nullable Object signedBehindBase(String text, YamlDialect dialect) {
        int base = text.startsWith("0b") ? 2 : text.startsWith("0o") && dialect == YamlDialect.KYAML ? 8 : 0;
        if (base == 0 || text.length() < 4 || (text.charAt(2) != '-' && text.charAt(2) != '+')) {
            return null;
        }
        return magnitude(text, 3, base, text.charAt(2) == '-', false);
    }

    /** Digits with a point or an exponent; null if it is not that, or is too large. */
    static @Nullable Double dotted(String text) {
        int at = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int before = digits(text, at);
        int point = at + before;
        int after = 0;
        int end = point;
        if (point < text.length() && text.charAt(point) == '.') {
            after = digits(text, point + 1);
            end = point + 1 + after;
        }
        if (before + after == 0) {
            return null;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            end++;
            if (end < text.length() && (text.charAt(end) == '-' || text.charAt(end) == '+')) {
                end++;
            }
            int exponent = digits(text, end);
            end = exponent == 0 ? -1 : end + exponent;
        }
        if (end != text.length()) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? null : value;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && Chars.isDigit(text.charAt(at))) {
            at++;
        }
        return at - from;
    }

    /**
     * JSON writes a whole double without a point, with as few digits as name it and zeros behind them; Kubernetes reads
     * that as an integer where it fits.
     */
    static Object asJson(double value) {
        if (value != Math.rint(value) || Math.abs(value) > 0x1p63) {
            return value;
        }
        if (Math.abs(value) < EXACT) {
            return (long) value;
        }
        BigInteger written = new BigDecimal(Double.toString(value)).toBigInteger();
        return written.bitLength() < Long.SIZE ? (Object) written.longValue() : (Object) value;
    }

    /** A key that is a number, in the shortest form of 32 bits; so it becomes text in Go. */
    static String shortestAsFloat(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        float narrow = (float) value;
        if (Float.isInfinite(narrow)) {
            return narrow > 0 ? ".inf" : "-.inf";
        }
        if (narrow == 0) {
            return 1 / narrow < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(Float.toString(narrow)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent <= MAX_PLAIN_EXPONENT) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = exact.signum() < 0 ? "-" : "";
        return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
