package dev.tidemark.policies.schedule;

import dev.tidemark.go.time.GoDuration;
import dev.tidemark.policies.Parsed;
import java.time.Duration;
import java.util.OptionalLong;

/** Durations that people write, as Go reads them, with what to write instead where it does not. */
public final class WrittenDuration {

    private WrittenDuration() {}

    /** Malformed also above 2^63 - 1 nanoseconds, about 292 years, as in Go. */
    public static Parsed<Duration> parse(String text) {
        OptionalLong nanos = GoDuration.nanos(text);
        return nanos.isPresent()
                ? Parsed.of(Duration.ofNanos(nanos.getAsLong()))
                : Parsed.malformed("invalid duration \"%s\": write for example 90s, 30m, 24h or 1h30m".formatted(text));
    }
}
