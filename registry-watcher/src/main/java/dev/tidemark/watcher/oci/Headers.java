package dev.tidemark.watcher.oci;

import dev.tidemark.watcher.domain.RetryDelay;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the headers of registries' answers. */
final class Headers {

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** More digits than any wait has that we would obey. */
    private static final int MAX_DIGITS = 9;

    private static final Pattern NEXT =
            Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel\\s*=\\s*\"?next\"?", Pattern.CASE_INSENSITIVE);

    /** A link's cursor is a tag or a token of some hundred characters. */
    private static final int MAX_LINK = 8 * 1024;

    private Headers() {}

    /** Seconds or a date, at most the longest delay that is obeyed; null when absent or neither. */
    static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        String text = headers.firstValue("Retry-After").orElse("").trim();
        if (SECONDS.matcher(text).matches()) {
            return text.length() > MAX_DIGITS ? RetryDelay.LONGEST : shorter(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, date);
            return wait.isNegative() ? null : shorter(wait);
        } catch (DateTimeException | ArithmeticException absent) {
            return null;
        }
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(RetryDelay.LONGEST) > 0 ? RetryDelay.LONGEST : wait;
    }

    /** The target of {@code Link: <…>; rel="next"}. */
    static Optional<String> next(HttpHeaders headers) {
        return headers.allValues("Link").stream()
                .filter(link -> link.length() <= MAX_LINK)
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .findFirst();
    }
}
