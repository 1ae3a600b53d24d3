package dev.tidemark.policies.select;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.OptionalDouble;

/** Go's {@code strconv.ParseFloat(text, 64)}, bit for bit (spec library-facts 4). */
final class GoFloat {

    private static final String D = "[0-9]+(?:_[0-9]+)*";
    private static final String H = "[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*";
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:%1$s(?:\\.(?:%1$s)?)?|\\.%1$s)(?:[eE][+-]?%1$s)?".formatted(D));
    private static final Pattern HEXADECIMAL =
            Pattern.compile("[+-]?0[xX](?:_?%1$s(?:\\.(?:%1$s)?)?|\\.%1$s)[pP][+-]?%2$s".formatted(H, D));
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(?:inity)?");

    private GoFloat() {}

    static OptionalDouble parse(String text) {
        if (isShortInteger(text)) {
            return OptionalDouble.of((double) Long.parseLong(text));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("nan") && text.length() == 3) {
            return OptionalDouble.of(Double.NaN);
        }
        if (INFINITE.matches(lower)) {
            return OptionalDouble.of(lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        if (!DECIMAL.matches(text) && !HEXADECIMAL.matches(text)) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text.replace("_", ""));
        return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Build numbers and timestamps, nearly all there is: exact in a double below 2^53. */
    private static boolean isShortInteger(String text) {
        if (text.isEmpty() || text.length() > 15) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
