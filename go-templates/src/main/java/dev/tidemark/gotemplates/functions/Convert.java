package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.strconv.GoFloat;
import dev.tidemark.go.strconv.GoInt;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How sprig's functions turn any value into a number or a list: what is none becomes zero. */
final class Convert {
    private static final long UNSIGNED_TENTH = Long.divideUnsigned(-1L, 10);
    /** No 64-bit number has more digits, leading zeros aside. */
    private static final int LONGEST_NUMBER = 1_000;

    private Convert() {}

    static long toLong(@Nullable Object value) {
        return switch (Values.plain(value)) {
            case String text -> {
                BigInteger number = whole(text, 10);
                yield number == null || number.bitLength() >= Long.SIZE ? 0 : number.longValue();
            }
            case Long l -> l;
            case GoInteger i -> i.value();
            // Go on amd64 turns what does not fit into the smallest number.
            case Double d -> d >= -0x1p63 && d < 0x1p63 ? (long) (double) d : Long.MIN_VALUE;
            case Boolean b -> b ? 1 : 0;
            case null, default -> 0;
        };
    }

    /** As sprig's own conversion, which also reads {@code 0x1F}, {@code 017} and {@code 2.0}. */
    static long castToLong(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return toLong(value);
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '0') {
            end--;
        }
        boolean zeroDecimals = end < text.length() && end > 0 && text.charAt(end - 1) == '.';
        BigInteger number = GoInt.parse(zeroDecimals ? text.substring(0, end - 1) : text);
        return number == null || number.bitLength() >= Long.SIZE ? 0 : number.longValue();
    }

    static double toDouble(@Nullable Object value) {
        return switch (Values.plain(value)) {
            case String text -> GoFloat.read(text).orElse(0);
            case Long l -> l;
            case GoInteger i -> i.type().kind().isUnsigned() && i.value() < 0 ? i.value() + 0x1p64 : i.value();
            case Double d -> d;
            case Boolean b -> b ? 1 : 0;
            case null, default -> 0;
        };
    }

    /**
     * As {@code strconv.ParseInt}, but what is too large is the largest; what is no number is zero. Go reads no further than
     * to the digit that is too many.
     */
    static long clampedLong(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        long value = 0;
        for (int i = start; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            // Go counts in unsigned words and looks at the sign last.
            if (Long.compareUnsigned(value, UNSIGNED_TENTH) > 0
                    || Long.compareUnsigned(value * 10 + digit, value * 10) < 0) {
                return text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            value = value * 10 + digit;
        }
        boolean negative = text.startsWith("-");
        if (value < 0) {
            return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return negative ? -value : value;
    }

    /** A number in this base with an optional sign, or null. */
    static @Nullable BigInteger whole(String text, int radix) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (text.length() == start || text.length() > LONGEST_NUMBER) {
            return null;
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7F || Character.digit(c, radix) < 0) {
                return null;
            }
        }
        return new BigInteger(text, radix);
    }

    /** The elements of an argument that must be a list. */
    @SuppressWarnings("unchecked")
    static List<@Nullable Object> list(@Nullable Object value, String action) {
        if (value instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw new FunctionException("Cannot " + action + " type "
                + (value == null ? "nil" : Values.kindOf(value).goName()) + ": expected a list");
    }

    /** A copy of a list that may grow by {@code more}. */
    static List<@Nullable Object> copy(Budget budget, List<@Nullable Object> list, int more) {
        budget.list((long) list.size() + more);
        var copy = new ArrayList<@Nullable Object>(list.size() + more);
        copy.addAll(list);
        return copy;
    }
}
