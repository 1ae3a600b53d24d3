package dev.tidemark.go.time;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Durations as Go's {@code time} reads and writes them: {@code 1h30m}, {@code 1.5h}, {@code 300ms}, {@code 0}. */
public final class GoDuration {

    /** No honest duration is longer; it also bounds the work. */
    private static final int MAX_LENGTH = 1024;

    /** Go adds up in unsigned words and stops above 2^63, which only a negative duration may reach. */
    private static final long MOST = Long.MIN_VALUE;

    private static final long OVERFLOW = -1;

    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000L);
    private static final BigInteger MINUTE = BigInteger.valueOf(60_000_000_000L);

    private final String text;
    private int at;

    private GoDuration(String text) {
        this.text = text;
    }

    /** Nanoseconds; nothing for a text that is no duration, or for one above 2^63 - 1, about 292 years, as in Go. */
    public static OptionalLong nanos(String text) {
        return text.length() > MAX_LENGTH ? OptionalLong.empty() : new GoDuration(text).nanos();
    }

    /** The duration; nothing where {@link #nanos} has nothing. */
    public static Optional<Duration> read(String text) {
        OptionalLong nanos = nanos(text);
        return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
    }

    /** As Go's {@code Duration.String}: {@code 5m0s}, {@code 1h0m0s}, {@code 1.5s}, {@code 20ms}. */
    public static String text(Duration duration) {
        return text(duration.toNanos());
    }

    /** @param nanos all of 64 bits, also the lowest, which has no positive counterpart */
    public static String text(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        BigInteger all = BigInteger.valueOf(nanos).abs();
        String sign = nanos < 0 ? "-" : "";
        if (all.compareTo(SECOND) < 0) {
            long small = all.longValueExact();
            String unit = small < 1_000 ? "ns" : small < 1_000_000 ? "µs" : "ms";
            return sign + plain(BigDecimal.valueOf(small, small < 1_000 ? 0 : small < 1_000_000 ? 3 : 6)) + unit;
        }
        BigInteger[] minutes = all.divideAndRemainder(MINUTE);
        String seconds = plain(new BigDecimal(minutes[1], 9)) + "s";
        long count = minutes[0].longValueExact();
        if (count == 0) {
            return sign + seconds;
        }
        return sign + (count >= 60 ? count / 60 + "h" : "") + count % 60 + "m" + seconds;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private OptionalLong nanos() {
        boolean negative = text.startsWith("-");
        at = negative || text.startsWith("+") ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return OptionalLong.of(0);
        }
        long sum = 0;
        do {
            long part = part();
            sum += part;
            if (part == OVERFLOW || Long.compareUnsigned(sum, MOST) > 0) {
                return OptionalLong.empty();
            }
        } while (at < text.length());
        return sum == MOST && !negative ? OptionalLong.empty() : OptionalLong.of(negative ? -sum : sum);
    }

    /** One number with its unit, in nanoseconds; {@link #OVERFLOW} for anything else. */
    private long part() {
        int start = at;
        long whole = whole();
        boolean digits = at > start;
        long fraction = 0;
        double scale = 1;
        if (text.startsWith(".", at)) {
            at++;
            boolean room = true;
            for (; isDigit(); at++) {
                digits = true;
                // Go leaves out the digits for which a word has no room.
                room &= fraction <= Long.MAX_VALUE / 10 && Long.compareUnsigned(fraction * 10 + digit(), MOST) <= 0;
                if (room) {
                    fraction = fraction * 10 + digit();
                    scale *= 10;
                }
            }
        }
        long unit = unit();
        if (!digits
                || whole == OVERFLOW
                || unit == 0
                || Long.compareUnsigned(whole, Long.divideUnsigned(MOST, unit)) > 0) {
            return OVERFLOW;
        }
        long value = whole * unit + (long) (unsigned(fraction) * (unit / scale));
        return Long.compareUnsigned(value, MOST) > 0 ? OVERFLOW : value;
    }

    private long whole() {
        long value = 0;
        for (; isDigit(); at++) {
            if (Long.compareUnsigned(value, Long.divideUnsigned(MOST, 10)) > 0
                    || Long.compareUnsigned(value * 10 + digit(), MOST) > 0) {
                return OVERFLOW;
            }
            value = value * 10 + digit();
        }
        return value;
    }

    /** Nanoseconds; 0 when there is no such unit. */
    private long unit() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '.' && !isDigit()) {
            at++;
        }
        return switch (text.substring(start, at)) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 0;
        };
    }

    private boolean isDigit() {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private int digit() {
        return text.charAt(at) - '0';
    }

    /** At most 2^63, so only that one looks negative. */
    private static double unsigned(long value) {
        return value == MOST ? 0x1p63 : value;
    }
}
