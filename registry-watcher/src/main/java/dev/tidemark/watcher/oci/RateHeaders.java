package dev.tidemark.watcher.oci;

import dev.tidemark.watcher.domain.budget.ToldLimit;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a registry's answers tell of its limits: {@code RateLimit-Limit}, {@code -Remaining} and {@code -Reset}, with
 * {@code X-} before or without, the window as a parameter ({@code 100;w=21600}, as Docker Hub writes it), or all of it in
 * one {@code RateLimit} ({@code "default";r=50;t=30}).
 */
final class RateHeaders {

    private static final List<String> FAMILIES = List.of("RateLimit", "X-RateLimit");

    /** More digits than any count or time in seconds has. */
    private static final Pattern NUMBER = Pattern.compile("\\s*([0-9]{1,12})\\s*(?:[;,].*)?");

    private static final Pattern WINDOW = Pattern.compile(";\\s*w\\s*=\\s*([0-9]{1,9})");
    private static final Pattern LEFT = Pattern.compile(";\\s*r\\s*=\\s*([0-9]{1,12})");
    private static final Pattern QUOTA = Pattern.compile(";\\s*q\\s*=\\s*([0-9]{1,12})");
    private static final Pattern TIME = Pattern.compile(";\\s*t\\s*=\\s*([0-9]{1,9})");

    /** Some write the time of the reset, some how far it is; no limit's window is thirty years. */
    private static final long LEAST_TIME = 1_000_000_000;

    private RateHeaders() {}

    /** Null where the answer tells of no limit, or in a way that nobody knows. */
    static @Nullable ToldLimit read(HttpHeaders headers, Instant now) {
        for (String family : FAMILIES) {
            String left = value(headers, family + "-Remaining");
            String most = value(headers, family + "-Limit");
            OptionalLong remaining = find(NUMBER, left, true);
            if (remaining.isPresent()) {
                return new ToldLimit(
                        find(NUMBER, most, true).orElse(0),
                        remaining.getAsLong(),
                        reset(find(NUMBER, value(headers, family + "-Reset"), true), now),
                        seconds(find(WINDOW, most + ' ' + left, false)));
            }
        }
        String all = value(headers, FAMILIES.getFirst());
        OptionalLong remaining = find(LEFT, all, false);
        return remaining.isEmpty()
                ? null
                : new ToldLimit(
                        find(QUOTA, value(headers, "RateLimit-Policy"), false).orElse(0),
                        remaining.getAsLong(),
                        seconds(find(TIME, all, false)),
                        null);
    }

    private static String value(HttpHeaders headers, String name) {
        return headers.firstValue(name).orElse("");
    }

    private static OptionalLong find(Pattern pattern, String text, boolean whole) {
        Matcher matcher = pattern.matcher(text);
        return (whole ? matcher.matches() : matcher.find())
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }

    private static @Nullable Duration reset(OptionalLong told, Instant now) {
        if (told.isEmpty() || told.getAsLong() < LEAST_TIME) {
            return seconds(told);
        }
        Duration until = Duration.between(now, Instant.ofEpochSecond(told.getAsLong()));
        return until.isNegative() ? null : until;
    }

    private static @Nullable Duration seconds(OptionalLong told) {
        return told.isEmpty() ? null : Duration.ofSeconds(told.getAsLong());
    }
}
