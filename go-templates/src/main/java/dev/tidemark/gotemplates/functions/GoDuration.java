package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Go's durations: nanoseconds in 64 bits, written like {@code 1h30m0.5s}. */
final class GoDuration {
    static final long SECOND = 1_000_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;

    private GoDuration() {}

    /** Nanoseconds. */
    static long parse(String text) {
        return dev.tidemark.go.time.GoDuration.nanos(text)
                .orElseThrow(() -> new FunctionException(
                        "time: invalid duration \"" + text + "\": expected something like \"1h30m\""));
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
