package dev.tidemark.policies.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Walks forward to the next trigger, from the largest field to the smallest, in the steps of robfig/cron: what it does
 * around a change of clocks follows from them. A trigger inside a gap is skipped, one in a repeated hour comes twice, and
 * where midnight is in a gap the day is not looked at again.
 */
final class CronWalk {

    private static final int MAX_YEARS = 5;

    private final CronFields fields;
    private final ZoneId zone;
    private ZonedDateTime at;

    /** Whether the smaller fields have been set to their beginnings. */
    private boolean moved;

    CronWalk(CronFields fields, ZoneId zone, Instant after) {
        this.fields = fields;
        this.zone = zone;
        this.at = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).atZone(zone);
    }

    Optional<Instant> next() {
        if (fields.neverMatch()) {
            return Optional.empty();
        }
        int lastYear = at.getYear() + MAX_YEARS;
        while (at.getYear() <= lastYear) {
            if (month() && day() && hour() && minute() && second()) {
                return Optional.of(at.toInstant());
            }
        }
        return Optional.empty();
    }

    /** Each of these moves on to a value that matches; false when a larger field has changed with it. */
    private boolean month() {
        while (!fields.month().matches(at.getMonthValue())) {
            LocalDateTime from = moved
                    ? at.toLocalDateTime()
                    : at.toLocalDate().withDayOfMonth(1).atStartOfDay();
            moved = true;
            int day = from.getDayOfMonth();
            at = date(from.withDayOfMonth(1).plusMonths(1).plusDays(day - 1L));
            if (at.getMonthValue() == 1) {
                return false;
            }
        }
        return true;
    }

    private boolean day() {
        while (!fields.matchesDay(at.getDayOfMonth(), at.getDayOfWeek().getValue() % 7)) {
            ZonedDateTime before = at;
            if (!moved) {
                moved = true;
                at = date(at.toLocalDate().atStartOfDay());
            }
            at = date(at.toLocalDateTime().plusDays(1));
            at = at.plusHours(at.getHour() > 12 ? 24 - at.getHour() : -at.getHour());
            if (!at.isAfter(before)) {
                // Here the original would not come to an end.
                at = before.toLocalDate().plusDays(1).atStartOfDay(zone);
            }
            if (at.getDayOfMonth() == 1) {
                return false;
            }
        }
        return true;
    }

    private boolean hour() {
        while (!fields.hour().matches(at.getHour())) {
            if (!moved) {
                moved = true;
                at = date(at.toLocalDateTime().truncatedTo(ChronoUnit.HOURS));
            }
            at = at.plusHours(1);
            if (at.getHour() == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean minute() {
        while (!fields.minute().matches(at.getMinute())) {
            if (!moved) {
                moved = true;
                at = at.truncatedTo(ChronoUnit.MINUTES);
            }
            at = at.plusMinutes(1);
            if (at.getMinute() == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean second() {
        if (at.getSecond() == 0) {
            return true;
        }
        moved = true;
        at = at.plusSeconds(60L - at.getSecond());
        return false;
    }

    /** Go's {@code time.Date}: a time in a gap is read with the offset that holds at about that instant. */
    private ZonedDateTime date(LocalDateTime local) {
        Instant asUtc = local.toInstant(ZoneOffset.UTC);
        ZoneOffset guess = zone.getRules().getOffset(asUtc);
        ZoneOffset offset = zone.getRules().getOffset(asUtc.minusSeconds(guess.getTotalSeconds()));
        return asUtc.minusSeconds(offset.getTotalSeconds()).atZone(zone);
    }
}
