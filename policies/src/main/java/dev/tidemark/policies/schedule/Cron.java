package dev.tidemark.policies.schedule;

import dev.tidemark.policies.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A cron expression in a time zone, as robfig/cron v3 reads it (spec flux-gitless 1.10): five fields or
 * a descriptor such as {@code @daily} or {@code @every 1h30m}.
 */
public sealed interface Cron {

    /** Look-back for the last trigger; enough for February 29. */
    Duration MAX_LOOK_BACK = Duration.ofDays(5 * 365 + 2);

    /** The first trigger after an instant, or nothing within five years (February 30). */
    Optional<Instant> next(Instant after);

    /** At the triggers of five fields. */
    record Fields(CronFields fields, ZoneId zone) implements Cron {
        @Override
        public Optional<Instant> next(Instant after) {
            return new CronWalk(fields, zone, after).next();
        }
    }

    /** A fixed delay from whenever one looks; it has no triggers of its own. */
    record Every(Duration delay) implements Cron {
        @Override
        public Optional<Instant> next(Instant after) {
            return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(delay));
        }
    }

    /** The last trigger at or before an instant, looking back {@link #MAX_LOOK_BACK}. */
    default Optional<Instant> previous(Instant at) {
        long low = at.minus(MAX_LOOK_BACK).getEpochSecond();
        if (!triggersBy(low, at)) {
            return Optional.empty();
        }
        long high = at.getEpochSecond() + 1;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (triggersBy(middle, at)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return next(Instant.ofEpochSecond(low));
    }

    private boolean triggersBy(long afterEpochSecond, Instant at) {
        return next(Instant.ofEpochSecond(afterEpochSecond))
                .filter(trigger -> !trigger.isAfter(at))
                .isPresent();
    }

    /** The zone in front of the expression, as robfig/cron takes it; the resource's own zone goes there too. */
    String ZONE_PREFIX = "CRON_TZ=";

    /** @param zone IANA name; empty means UTC, the default of the resource, unless the expression begins with one */
    static Parsed<Cron> parse(String expression, String zone) {
        return parse(zone.isEmpty() ? expression : ZONE_PREFIX + zone + ' ' + expression);
    }

    private static Parsed<Cron> parse(String spec) {
        if (!spec.startsWith("TZ=") && !spec.startsWith(ZONE_PREFIX)) {
            return parse(spec, ZoneOffset.UTC);
        }
        int blank = spec.indexOf(' ');
        String name = spec.substring(spec.indexOf('=') + 1, blank < 0 ? spec.length() : blank);
        return switch (GoZones.find(name).orElse(null)) {
            case ZoneId zone -> parse(GoSpace.trim(spec.substring(blank < 0 ? spec.length() : blank)), zone);
            case null ->
                Parsed.malformed(
                        "bad location %s: unknown time zone, write an IANA name such as Europe/Berlin".formatted(name));
        };
    }

    private static Parsed<Cron> parse(String expression, ZoneId zone) {
        if (expression.startsWith("@every ")) {
            return WrittenDuration.parse(expression.substring("@every ".length()))
                    .map(delay -> new Every(
                            delay.compareTo(Duration.ofSeconds(1)) < 0
                                    ? Duration.ofSeconds(1)
                                    : Duration.ofSeconds(delay.toSeconds())));
        }
        if (expression.startsWith("@")) {
            return switch (expression) {
                case "@yearly", "@annually" -> parse("0 0 1 1 *", zone);
                case "@monthly" -> parse("0 0 1 * *", zone);
                case "@weekly" -> parse("0 0 * * 0", zone);
                case "@daily", "@midnight" -> parse("0 0 * * *", zone);
                case "@hourly" -> parse("0 * * * *", zone);
                default -> Parsed.malformed("unrecognized descriptor: " + expression);
            };
        }
        return CronFields.parse(expression, GoSpace.fields(expression)).map(fields -> new Fields(fields, zone));
    }
}
