package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;

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
        return dev.tidemark.go.time.GoDuration.text(nanos);
    }
}
