package dev.tidemark.cli.logs;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A line of a log.
 *
 * @param at when its entry was written
 * @param from which pod or service wrote it; empty where there is but one
 */
public record LogLine(Instant at, String from, String text) {

    /** One with its time before it, as an API server and our services send it; empty for another. */
    static Optional<LogLine> read(String line, String from) {
        int end = line.indexOf(' ');
        try {
            return end < 0
                    ? Optional.empty()
                    : Optional.of(new LogLine(Instant.parse(line.substring(0, end)), from, line.substring(end + 1)));
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    /** For people. */
    public String shown() {
        return from.isEmpty() ? text : '[' + from + "] " + text;
    }
}
