package dev.tidemark.go.yaml;

import dev.tidemark.go.json.JsonNumber;
import dev.tidemark.go.strconv.FloatText;
import dev.tidemark.go.strconv.GoFloat;
import dev.tidemark.go.strconv.GoInt;
import java.math.BigInteger;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Which plain texts are numbers to Go's YAML, and what becomes of them in JSON. */
final class YamlNumbers {

    private static final int UNSIGNED_BITS = 64;

    private YamlNumbers() {}

    /** Long, BigInteger up to 64 bits without a sign, Double; null if it is none. Underscores do not count. */
    static @Nullable Object number(String text, YamlDialect dialect) {
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        if (plain.isEmpty()) {
            return null;
        }
        BigInteger whole = GoInt.parse(plain);
        if (whole != null && isWord(whole, isSign(plain.charAt(0)))) {
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        Double floating = decimal(plain);
        return floating != null ? floating : signedBehindBase(plain, dialect);
    }

    /** With a sign 64 bits hold less: Go tries words without one only for what has none. */
    private static boolean isWord(BigInteger whole, boolean signed) {
        return whole.bitLength() < Long.SIZE || (!signed && whole.bitLength() <= UNSIGNED_BITS);
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+';
    }

    /** Go tries {@code 0b-1} a second time, behind the letter, and takes the sign there; yaml.v3 also {@code 0o-7}. */
    private static @Nullable Object signedBehindBase(String text, YamlDialect dialect) {
        boolean tried = text.startsWith("0b") || (text.startsWith("0o") && dialect == YamlDialect.KYAML);
        if (!tried || text.length() < 4 || !isSign(text.charAt(2))) {
            return null;
        }
        BigInteger whole = GoInt.parse(text.charAt(2) + text.substring(0, 2) + text.substring(3));
        return whole != null && whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : null;
    }

    /** Digits with a point or an exponent; null if it is not that, or is too large. */
    private static @Nullable Double decimal(String text) {
        return text.chars().allMatch(c -> "0123456789.eE+-".indexOf(c) >= 0) ? floating(text) : null;
    }

    /** What Go takes for a float; null if it is none. */
    static @Nullable Double floating(String text) {
        OptionalDouble value = GoFloat.read(text);
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    /** JSON writes a whole double without a point, and Kubernetes reads that as an integer where it fits. */
    static Object asJson(double value) {
        return Double.isFinite(value) ? JsonNumber.value(FloatText.json(value)) : (Object) value;
    }

    /** A key that is a number, in the shortest form of 32 bits; so it becomes text in Go. */
    static String key(double value) {
        String text = FloatText.of((float) value);
        return switch (text) {
            case "NaN" -> ".nan";
            case "+Inf" -> ".inf";
            case "-Inf" -> "-.inf";
            default -> text;
        };
    }
}
