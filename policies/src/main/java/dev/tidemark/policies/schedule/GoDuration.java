package dev.tidemark.policies.schedule;

import dev.tidemark.policies.Parsed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** Durations as Go writes them: {@code 1h30m}, {@code 1.5h}, {@code 300ms}, {@code 0}. */
public final class GoDuration {

    private static final Map<String, Long> NANOS_BY_UNIT = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    /** No honest duration is longer; it also bounds the arithmetic. */
    private static final int MAX_LENGTH = 64;

    private GoDuration() {}

    /** Malformed also above 2^63 - 1 nanoseconds, about 292 years, as in Go. */
    public static Parsed<Duration> parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String body = signed ? text.substring(1) : text;
        if (body.equals("0")) {
            return Parsed.of(Duration.ZERO);
        }
        BigDecimal nanos = text.length() > MAX_LENGTH ? BigDecimal.valueOf(-1) : sum(body);
        if (nanos.signum() < 0 || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Parsed.malformed(
                    "invalid duration \"%s\": write for example 90s, 30m, 24h or 1h30m".formatted(text));
        }
        Duration duration = Duration.ofNanos(nanos.longValue());
        return Parsed.of(text.startsWith("-") ? duration.negated() : duration);
    }

    /** Below zero when the text is no sequence of numbers with units. */
    private static BigDecimal sum(String body) {
        BigDecimal sum = BigDecimal.ZERO;
        int at = 0;
        do {
            int numberEnd = end(body, at, true);
            int unitEnd = end(body, numberEnd, false);
            String number = body.substring(at, numberEnd);
            Long unit = NANOS_BY_UNIT.get(body.substring(numberEnd, unitEnd));
            if (unit == null
                    || number.chars().noneMatch(c -> c != '.')
                    || number.indexOf('.') != number.lastIndexOf('.')) {
                return BigDecimal.valueOf(-1);
            }
            sum = sum.add(new BigDecimal(number).multiply(BigDecimal.valueOf(unit)));
            at = unitEnd;
        } while (at < body.length());
        return sum;
    }

    private static int end(String text, int from, boolean number) {
        int end = from;
        while (end < text.length() && isNumeric(text.charAt(end)) == number) {
            end++;
        }
        return end;
    }

    private static boolean isNumeric(char c) {
        return c == '.' || (c >= '0' && c <= '9');
    }
}
