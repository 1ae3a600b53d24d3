package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.Signature;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.Kind;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.Values;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;

/**
 * Go's {@code time.Time} with the methods that templates use.
 *
 * @param value date and time at the offset
 * @param offset in seconds; Go allows more than Java's 18 hours
 * @param zone the abbreviation that is printed; empty for an offset without a name
 */
record GoTime(LocalDateTime value, int offset, String zone) implements TemplateObject {
    static final GoTime ZERO = new GoTime(LocalDateTime.of(1, 1, 1, 0, 0), 0, "UTC");

    private static final String PRINTED = "2006-01-02 15:04:05.999999999 -0700 MST";
    private static final String RFC_3339 = "2006-01-02T15:04:05.999999999Z07:00";

    private static final StructType<GoTime> TYPE = StructType.<GoTime>named("time.Time")
            .method("String", t -> GoLayout.format(PRINTED, t))
            .method("MarshalText", t -> GoLayout.format(RFC_3339, t))
            .method("Format", List.of(GoType.STRING), (t, a) -> GoLayout.format((String) a.getFirst(), t))
            .method("Year", t -> GoInteger.of(t.value.getYear()))
            .method("Month", t -> new MonthName(t.value.getMonth()))
            .method("Day", t -> GoInteger.of(t.value.getDayOfMonth()))
            .method("Hour", t -> GoInteger.of(t.value.getHour()))
            .method("Minute", t -> GoInteger.of(t.value.getMinute()))
            .method("Second", t -> GoInteger.of(t.value.getSecond()))
            .method("Nanosecond", t -> GoInteger.of(t.value.get(ChronoField.NANO_OF_SECOND)))
            .method("YearDay", t -> GoInteger.of(t.value.getDayOfYear()))
            .method("Weekday", t -> new WeekdayName(t.value.getDayOfWeek()))
            .method("Unix", t -> t.instant().getEpochSecond())
            .method("UnixMilli", t -> t.instant().toEpochMilli())
            .method("IsZero", t -> t.instant().equals(ZERO.instant()))
            .method("UTC", t -> new GoTime(t.value.minusSeconds(t.offset), 0, "UTC"))
            .method(
                    "AddDate",
                    List.of(GoType.INT, GoType.INT, GoType.INT),
                    (t, a) -> t.addDate(number(a.get(0)), number(a.get(1)), number(a.get(2))))
            .method("Before", List.of(Signature.TIME), (t, a) -> t.instant().isBefore(other(a)))
            .method("After", List.of(Signature.TIME), (t, a) -> t.instant().isAfter(other(a)))
            .method("Equal", List.of(Signature.TIME), (t, a) -> t.instant().equals(other(a)))
            .build();

    private static Instant other(List<?> arguments) {
        return arguments.getFirst() instanceof GoTime time ? time.instant() : Instant.EPOCH;
    }

    private static long number(Object value) {
        Long number = Values.integer(value);
        return number == null ? 0 : number;
    }

    Instant instant() {
        return value.toInstant(ZoneOffset.UTC).minusSeconds(offset);
    }

    GoTime plus(long nanos) {
        return moved(() -> value.plusNanos(nanos));
    }

    private GoTime addDate(long years, long months, long days) {
        // Go carries over: one month after January 31st is March 2nd or 3rd.
        return moved(() -> {
            LocalDateTime first = value.withDayOfMonth(1).plusYears(years).plusMonths(months);
            return first.plusDays(value.getDayOfMonth() - 1L + days);
        });
    }

    private interface Move {
        LocalDateTime run();
    }

    private GoTime moved(Move move) {
        try {
            return new GoTime(move.run(), offset, zone);
        } catch (DateTimeException | ArithmeticException e) {
            throw new FunctionException("a date out of range: " + e.getMessage());
        }
    }

    @Override
    public StructType<?> structType() {
        return TYPE;
    }

    /** A {@code time.Month}. */
    private record MonthName(Month month) implements TemplateObject {
        private static final StructType<MonthName> TYPE = StructType.<MonthName>named("time.Month")
                .over(Kind.INT, m -> GoInteger.of(m.month.getValue()))
                .method("String", m -> GoLayout.name(m.month))
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }

    /** A {@code time.Weekday}; Sunday is 0. */
    private record WeekdayName(DayOfWeek day) implements TemplateObject {
        private static final StructType<WeekdayName> TYPE = StructType.<WeekdayName>named("time.Weekday")
                .over(Kind.INT, d -> GoInteger.of(d.day.getValue() % 7))
                .method("String", d -> GoLayout.name(d.day))
                .build();

        @Override
        public StructType<?> structType() {
            return TYPE;
        }
    }
}
