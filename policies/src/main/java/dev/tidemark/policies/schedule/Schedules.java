package dev.tidemark.policies.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When an input provider may run, and when it runs next (spec flux-gitless 1.10).
 *
 * @param timeout what one run may take
 */
public record Schedules(List<Schedule> entries, Duration timeout) {

    /** The next trigger of one entry. */
    public record Trigger(Schedule schedule, Instant when) {}

    /** When to look again. */
    public sealed interface Due {
        record AfterInterval(Instant when) implements Due {}

        /** Outside every window, or a trigger comes sooner: it belongs into {@code status.nextSchedule}. */
        record AtTrigger(Trigger trigger) implements Due {}

        /** Nothing triggers within five years. */
        record Never() implements Due {}
    }

    /** Whether a run may start: always without entries, or when one has no window, or inside a window. */
    public boolean mayRun(Instant at) {
        return entries.isEmpty()
                || entries.stream().anyMatch(entry -> entry.window().isZero() || entry.isOpen(at, timeout));
    }

    /** Whether a run that the interval asks for may start: entries without a window do not count. */
    public boolean intervalMayRun(Instant at) {
        return entries.isEmpty()
                || entries.stream().anyMatch(entry -> !entry.window().isZero() && entry.isOpen(at, timeout));
    }

    /** The earliest trigger over all entries. */
    public Optional<Trigger> next(Instant after) {
        return entries.stream()
                .flatMap(entry -> entry.cron().next(after).map(when -> new Trigger(entry, when)).stream())
                .min(Comparator.comparing(Trigger::when));
    }

    /** After a run that ended now. */
    public Due due(Instant now, Duration interval) {
        Instant byInterval = now.plus(interval);
        Optional<Trigger> trigger = next(now);
        boolean sooner = trigger.isPresent() && trigger.get().when().isBefore(byInterval);
        if (!sooner && intervalMayRun(byInterval)) {
            return new Due.AfterInterval(byInterval);
        }
        return trigger.<Due>map(Due.AtTrigger::new).orElseGet(Due.Never::new);
    }
}
