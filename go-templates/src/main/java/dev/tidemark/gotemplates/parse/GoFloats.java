package dev.tidemark.gotemplates.parse;

import java.util.Locale;
import java.util.regex.Pattern;

/** Go's {@code strconv.ParseFloat}: which texts are floating-point numbers. */
public final class GoFloats {
    private static final String DIGITS = "[0-9]+(?:_[0-9]+)*+";
    private static final String HEX = "[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*+";
    // The digits are possessive: no text makes the match slow.
    private static final Pattern DECIMAL = Pattern.compile(
            "[+-]?(?:" + DIGITS + "(?:\\.(?:" + DIGITS + ")?)?|\\." + DIGITS + ")(?:[eE][+-]?" + DIGITS + ")?");
    private static final Pattern HEXADECIMAL =
            Pattern.compile("[+-]?0[xX](?:_?" + HEX + "(?:\\.(?:" + HEX + ")?)?|\\." + HEX + ")[pP][+-]?" + DIGITS);
    /** No double needs more digits to be told from its neighbours, and the match recurses on long runs. */
    private static final int LONGEST = 1_100;

    private GoFloats() {}

    /**
     * The number that {@code text} is, as a template literal or a function's argument.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static double parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("illegal number syntax: " + text.length() + " characters");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        boolean negative = lower.startsWith("-");
        String unsigned = negative || lower.startsWith("+") ? lower.substring(1) : lower;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (lower.equals("nan")) {
            return Double.NaN;
        }
        if (!DECIMAL.matcher(text).matches() && !HEXADECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("illegal number syntax: \"" + text + "\"");
        }
        double value = Double.parseDouble(text.replace("_", ""));
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("value out of range: \"" + text + "\"");
        }
        return value;
    }
}
