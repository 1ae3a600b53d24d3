package dev.tidemark.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** How long ago something was, as short as kubectl says it: two units at most, the smaller one only while it matters. */
public final class Age {

    /** What kubectl prints for an object without a creation time. */
    static final String UNKNOWN = "<unknown>";

    private static final int DAYS_OF_A_YEAR = 365;

    private Age() {}

    /** Since a time as objects carry it; {@link #UNKNOWN} where that is none. */
    public static String since(String timestamp, Instant now) {
        try {
            return of(Duration.between(Instant.parse(timestamp), now));
        } catch (DateTimeParseException none) {
            return UNKNOWN;
        }
    }

    /** {@code 45s}, {@code 2m10s}, {@code 5d3h}; clocks may differ by a second. */
    static String of(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < 0) {
            return seconds < -1 ? "<invalid>" : "0s";
        }
        if (seconds < Duration.ofMinutes(2).toSeconds()) {
            return seconds + "s";
        }
        if (seconds < Duration.ofMinutes(10).toSeconds()) {
            return two(age.toMinutes(), "m", age.toSecondsPart(), "s");
        }
        if (seconds < Duration.ofHours(3).toSeconds()) {
            return age.toMinutes() + "m";
        }
        if (seconds < Duration.ofHours(8).toSeconds()) {
            return two(age.toHours(), "h", age.toMinutesPart(), "m");
        }
        if (seconds < Duration.ofDays(2).toSeconds()) {
            return age.toHours() + "h";
        }
        return ofDays(age.toDays(), age.toHoursPart());
    }

    private static String ofDays(long days, int hours) {
        if (days < 8) {
            return two(days, "d", hours, "h");
        }
        if (days < 2 * DAYS_OF_A_YEAR) {
            return days + "d";
        }
        if (days < 8 * DAYS_OF_A_YEAR) {
            return two(days / DAYS_OF_A_YEAR, "y", days % DAYS_OF_A_YEAR, "d");
        }
        return days / DAYS_OF_A_YEAR + "y";
    }

    private static String two(long many, String unit, long few, String smaller) {
        return few == 0 ? many + unit : many + unit + few + smaller;
    }
}
