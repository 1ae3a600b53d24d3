package dev.tidemark.cli.output;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** A time as people read it: what is recorded to the nanosecond, to the millisecond. */
public final class Moment {

    private Moment() {}

    /** What is no time stays as it is. */
    public static String of(String timestamp) {
        try {
            return Instant.parse(timestamp).truncatedTo(ChronoUnit.MILLIS).toString();
        } catch (DateTimeParseException none) {
            return timestamp;
        }
    }
}
