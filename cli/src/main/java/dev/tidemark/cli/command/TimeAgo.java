package dev.tidemark.cli.command;

import dev.tidemark.go.time.GoDuration;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How long ago: a duration as Flux writes it, {@code 90m} or {@code 1h30m}, and days before it, {@code 30d} or
 * {@code 1d12h}, which people say and Go does not. A day has 24 hours.
 */
final class TimeAgo implements ITypeConverter<Duration> {

    /** For the options that take one. */
    static final String FORMS = "such as 90m, 24h or 30d";

    private static final Pattern DAYS_FIRST = Pattern.compile("(?<days>\\d{1,5})d(?<rest>.*)");

    @Override
    public Duration convert(String text) {
        return read(text)
                .filter(Duration::isPositive)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not a duration " + FORMS));
    }

    private static Optional<Duration> read(String text) {
        Matcher days = DAYS_FIRST.matcher(text);
        if (!days.matches()) {
            return GoDuration.read(text);
        }
        Duration whole = Duration.ofDays(Long.parseLong(days.group("days")));
        String rest = days.group("rest");
        if (rest.isEmpty()) {
            return Optional.of(whole);
        }
        return GoDuration.read(rest).filter(part -> !part.isNegative()).map(whole::plus);
    }
}
