package dev.tidemark.watcher.oci;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Reads the headers of registries' answers. */
final class Headers {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern NEXT =
            Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel\\s*=\\s*\"?next\"?", Pattern.CASE_INSENSITIVE);

    private Headers() {}

    /** Seconds or a date; null when absent or neither. */
    static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        String text = headers.firstValue("Retry-After").orElse("").trim();
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, date);
            return wait.isNegative() ? null : wait;
        } catch (DateTimeParseException absent) {
            return null;
        }
    }

    /** The target of {@code Link: <…>; rel="next"}. */
    static Optional<String> next(HttpHeaders headers) {
        return headers.allValues("Link").stream()
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .findFirst();
    }

    /** What an exception of the transport says; some say nothing. */
    static String cause(IOException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getMessage() == null) {
            deepest = deepest.getCause();
        }
        if (e instanceof SSLHandshakeException && String.valueOf(e.getMessage()).contains("PKIX")) {
            return "its certificate is signed by nobody who is trusted: set certSecretRef to a Secret with the CA in"
                    + " ca.crt (" + e.getMessage() + ")";
        }
        String name = deepest.getClass().getSimpleName();
        return deepest.getMessage() == null ? name : name + ": " + deepest.getMessage();
    }
}
