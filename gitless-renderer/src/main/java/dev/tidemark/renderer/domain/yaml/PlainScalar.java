package dev.tidemark.renderer.domain.yaml;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an unquoted YAML scalar means to go-yaml v2, which ResourceSets are typed by (flux-gitless 2.4, 6.3): YAML 1.1
 * booleans and octal numbers, but neither timestamps nor base-60 numbers.
 */
public final class PlainScalar {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Map<String, Boolean> BOOLEANS = Map.ofEntries(
            Map.entry("y", true),
            Map.entry("Y", true),
            Map.entry("yes", true),
            Map.entry("Yes", true),
            Map.entry("YES", true),
            Map.entry("true", true),
            Map.entry("True", true),
            Map.entry("TRUE", true),
            Map.entry("on", true),
            Map.entry("On", true),
            Map.entry("ON", true),
            Map.entry("n", false),
            Map.entry("N", false),
            Map.entry("no", false),
            Map.entry("No", false),
            Map.entry("NO", false),
            Map.entry("false", false),
            Map.entry("False", false),
            Map.entry("FALSE", false),
            Map.entry("off", false),
            Map.entry("Off", false),
            Map.entry("OFF", false));
    private static final Map<String, Double> SPECIAL_FLOATS = Map.ofEntries(
            Map.entry(".nan", Double.NaN),
            Map.entry(".NaN", Double.NaN),
            Map.entry(".NAN", Double.NaN),
            Map.entry(".inf", Double.POSITIVE_INFINITY),
            Map.entry(".Inf", Double.POSITIVE_INFINITY),
            Map.entry(".INF", Double.POSITIVE_INFINITY),
            Map.entry("+.inf", Double.POSITIVE_INFINITY),
            Map.entry("+.Inf", Double.POSITIVE_INFINITY),
            Map.entry("+.INF", Double.POSITIVE_INFINITY),
            Map.entry("-.inf", Double.NEGATIVE_INFINITY),
            Map.entry("-.Inf", Double.NEGATIVE_INFINITY),
            Map.entry("-.INF", Double.NEGATIVE_INFINITY));

    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private PlainScalar() {}

    /** The value as JSON: null, Boolean, Long, Double (also NaN and infinite, which JSON lacks) or String. */
    public static @Nullable Object value(String text) {
        if (NULLS.contains(text)) {
            return null;
        }
        Boolean bool = BOOLEANS.get(text);
        if (bool != null) {
            return bool;
        }
        Double special = SPECIAL_FLOATS.get(text);
        if (special != null) {
            return special;
        }
        Object number = number(text);
        return number == null ? text : number;
    }

    private static @Nullable Object number(String text) {
        char first = text.charAt(0);
        if (first == '.') {
            return floating(text);
        }
        if (first != '-' && first != '+' && (first < '0' || first > '9')) {
            return null;
        }
        String plain = text.replace("_", "");
        Matcher integer = INTEGER.matcher(plain);
        return integer.matches() ? integer(integer) : floating(plain);
    }

    private static Object integer(Matcher m) {
        BigInteger magnitude = m.group(2) != null
                ? new BigInteger(m.group(2), 16)
                : m.group(3) != null
                        ? new BigInteger(m.group(3), 8)
                        : m.group(4) != null ? new BigInteger(m.group(4), 2) : new BigInteger(m.group(5));
        BigInteger value = m.group(1).equals("-") ? magnitude.negate() : magnitude;
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : (Object) value.doubleValue();
    }

    private static @Nullable Object floating(String text) {
        if (!FLOAT.matcher(text).matches()) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? null : asJsonNumber(value);
    }

    /** Go writes a whole double without a point, and reads that back as an integer. */
    private static Object asJsonNumber(double value) {
        return value == Math.rint(value) && Math.abs(value) < 0x1p63 ? (Object) (long) value : (Object) value;
    }
}
