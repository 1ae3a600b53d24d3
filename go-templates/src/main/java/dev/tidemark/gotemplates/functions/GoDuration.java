package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/** Go's durations: nanoseconds in 64 bits, written like {@code 1h30m0.5s}. */
final class GoDuration {
    static final long SECOND = 1_000_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L, "us", 1_000L, "µs", 1_000L, "μs", 1_000L, "ms", 1_000_000L, "s", SECOND, "m", MINUTE, "h", HOUR);
    private static final int LONGEST = 200;

    private GoDuration() {}

    /** Nanoseconds. */
    static long parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return 0;
        }
        if (rest.isEmpty() || text.length() > LONGEST) {
            throw invalid(text);
        }
        BigDecimal total = BigDecimal.ZERO;
        int at = 0;
        while (at < rest.length()) {
            int number = at;
            while (at < rest.length() && isNumber(rest.charAt(at))) {
                at++;
            }
            int unit = at;
            while (at < rest.length() && !isNumber(rest.charAt(at))) {
                at++;
            }
            Long size = UNITS.get(rest.substring(unit, at));
            String digits = rest.substring(number, unit);
            if (size == null
                    || digits.isEmpty()
                    || digits.equals(".")
                    || digits.indexOf('.') != digits.lastIndexOf('.')) {
                throw invalid(text);
            }
            BigDecimal part = new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
            total = total.add(
                    new BigDecimal(part.multiply(BigDecimal.valueOf(size)).toBigInteger()));
        }
        BigInteger nanos = negative ? total.toBigInteger().negate() : total.toBigInteger();
        if (nanos.bitLength() >= Long.SIZE) {
            throw invalid(text);
        }
        return nanos.longValue();
    }

    private static boolean isNumber(char c) {
        return c == '.' || (c >= '0' && c <= '9');
    }

    private static FunctionException invalid(String text) {
        return new FunctionException("time: invalid duration \"" + text + "\": expected something like \"1h30m\"");
    }

    static String text(long nanos) {
        BigInteger all = BigInteger.valueOf(nanos).abs();
        String sign = nanos < 0 ? "-" : "";
        if (all.signum() == 0) {
            return "0s";
        }
        if (all.compareTo(BigInteger.valueOf(SECOND)) < 0) {
            long small = all.longValueExact();
            String unit = small < 1_000 ? "ns" : small < 1_000_000 ? "µs" : "ms";
            return sign + plain(BigDecimal.valueOf(small, small < 1_000 ? 0 : small < 1_000_000 ? 3 : 6)) + unit;
        }
        BigInteger[] minutes = all.divideAndRemainder(BigInteger.valueOf(MINUTE));
        String seconds = plain(new BigDecimal(minutes[1], 9)) + "s";
        long count = minutes[0].longValueExact();
        if (count == 0) {
            return sign + seconds;
        }
        String hours = count >= 60 ? count / 60 + "h" : "";
        return sign + hours + count % 60 + "m" + seconds;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
