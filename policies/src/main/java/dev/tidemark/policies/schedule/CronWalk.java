package dev.tidemark.policies.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Walks forward to the next trigger, from the largest field to the smallest. Across a change of clocks
 * it does what robfig/cron does: a trigger inside a gap is skipped, one in a repeated hour comes twice.
 */
record CronWalk(CronFields fields, ZoneId zone) {

    private static final int MAX_YEARS = 5;

    Optional<Instant> next(Instant after) {
        ZonedDateTime at = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).atZone(zone);
        if (at.getSecond() != 0) {
            at = at.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        }
        int lastYear = at.getYear() + MAX_YEARS;
        while (at.getYear() <= lastYear) {
            ZonedDateTime moved = step(at);
            if (moved.equals(at)) {
                return Optional.of(at.toInstant());
            }
            at = moved;
        }
        return Optional.empty();
    }

    /** The same time when every field matches, else the start of the next unit of the first that does not. */
    private ZonedDateTime step(ZonedDateTime at) {
        if (!fields.month().matches(at.getMonthValue())) {
            return at.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(zone);
        }
        if (!fields.matchesDay(at.getDayOfMonth(), at.getDayOfWeek().getValue() % 7)) {
            return at.toLocalDate().plusDays(1).atStartOfDay(zone);
        }
        if (!fields.hour().matches(at.getHour())) {
            return startOfHour(at).plusHours(1);
        }
        return fields.minute().matches(at.getMinute()) ? at : at.plusMinutes(1);
    }

    /** On the time line, not on the clock face: a repeated hour has two starts. */
    private static ZonedDateTime startOfHour(ZonedDateTime at) {
        return at.minusMinutes(at.getMinute());
    }
}
