package dev.tidemark.policies.schedule;

import dev.tidemark.policies.Parsed;
import java.time.Duration;
import java.util.OptionalLong;

/** Durations as Go writes them: {@code 1h30m}, {@code 1.5h}, {@code 300ms}, {@code 0}. */
public final class GoDuration {

    private GoDuration() {}

    /** Malformed also above 2^63 - 1 nanoseconds, about 292 years, as in Go. */
    public static Parsed<Duration> parse(String text) {
        OptionalLong nanos = dev.tidemark.go.time.GoDuration.nanos(text);
        return nanos.isPresent()
                ? Parsed.of(Duration.ofNanos(nanos.getAsLong()))
                : Parsed.malformed("invalid duration \"%s\": write for example 90s, 30m, 24h or 1h30m".formatted(text));
    }
}
