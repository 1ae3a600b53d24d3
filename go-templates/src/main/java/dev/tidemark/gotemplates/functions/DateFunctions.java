package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.time.GoDuration;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.Signature;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.Values;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dates and durations, as far as they do not depend on the present; only {@code ago} looks at the clock. */
final class DateFunctions {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private DateFunctions() {}

    static List<TemplateFunction> all() {
        TemplateFunction modify = TemplateFunction.of("mustDateModify(string, time)", a -> {
            long nanos = GoDuration.nanos(a.text(0))
                    .orElseThrow(() -> new FunctionException(
                            "time: invalid duration \"" + a.text(0) + "\": expected something like \"1h30m\""));
            return time(a, 1).plus(nanos);
        });
        return List.of(
                TemplateFunction.of("toDate(string, string)", a -> {
                    try {
                        return parse(a);
                    } catch (FunctionException e) {
                        return GoTime.ZERO;
                    }
                }),
                TemplateFunction.of("mustToDate(string, string)", DateFunctions::parse),
                modify,
                modify.named("must_date_modify"),
                TemplateFunction.of(
                        "unixEpoch(time)",
                        a -> Long.toString(time(a, 0).instant().getEpochSecond())),
                TemplateFunction.of("duration(any)", a -> GoDuration.text(seconds(a.value(0)))),
                TemplateFunction.of("durationRound(any)", a -> rounded(nanos(a))),
                TemplateFunction.of("ago(any)", DateFunctions::ago));
    }

    private static GoTime time(Arguments a, int index) {
        if (a.value(index) instanceof GoTime time) {
            return time;
        }
        throw new FunctionException("expected " + Signature.TIME + ", got " + Values.typeName(a.value(index)));
    }

    private static GoTime parse(Arguments a) {
        return GoLayout.parse(a.text(0), a.text(1), a.clock().getZone());
    }

    private static long seconds(@Nullable Object value) {
        long count =
                switch (value) {
                    case String text -> Convert.clampedLong(text);
                    case Long l -> l;
                    case null, default -> 0;
                };
        // Go multiplies without looking for overflow.
        return count * SECOND;
    }

    private static long nanos(Arguments a) {
        return switch (a.value(0)) {
            case String text -> GoDuration.nanos(text).orElse(0);
            case Long l -> l;
            case GoTime time ->
                clamped(Duration.between(time.instant(), a.clock().instant()));
            case null, default -> 0;
        };
    }

    private static long clamped(Duration duration) {
        BigInteger nanos = BigInteger.valueOf(duration.getSeconds())
                .multiply(BigInteger.valueOf(SECOND))
                .add(BigInteger.valueOf(duration.getNano()));
        return nanos.min(BigInteger.valueOf(Long.MAX_VALUE))
                .max(BigInteger.valueOf(Long.MIN_VALUE))
                .longValue();
    }

    /** The largest unit that the duration has more than one of. */
    private static String rounded(long nanos) {
        long size = nanos < 0 ? -nanos : nanos;
        record Unit(long length, String name) {}
        List<Unit> units = List.of(
                new Unit(365 * DAY, "y"),
                new Unit(30 * DAY, "mo"),
                new Unit(DAY, "d"),
                new Unit(HOUR, "h"),
                new Unit(MINUTE, "m"),
                new Unit(SECOND, "s"));
        for (Unit unit : units) {
            if (Long.compareUnsigned(size, unit.length) > 0) {
                return Long.divideUnsigned(size, unit.length) + unit.name;
            }
        }
        return "0s";
    }

    private static String ago(Arguments a) {
        Instant now = a.clock().instant();
        Instant then =
                switch (a.value(0)) {
                    case GoTime time -> time.instant();
                    case Long seconds -> instant(seconds);
                    case GoInteger seconds -> instant(seconds.value());
                    case null, default -> now;
                };
        long nanos = clamped(Duration.between(then, now));
        return GoDuration.text(Math.round(nanos / (double) SECOND) * SECOND);
    }

    private static Instant instant(long seconds) {
        return Instant.ofEpochSecond(Math.clamp(seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()))
                .atOffset(ZoneOffset.UTC)
                .toInstant();
    }
}
