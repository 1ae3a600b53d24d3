package dev.tidemark.policies.schedule;

import dev.tidemark.policies.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of {@code spec.schedule}.
 *
 * @param expression as written
 * @param zone as written
 * @param window how long after a trigger work may run; zero means at any time
 */
public record Schedule(String expression, String zone, Duration window, Cron cron) {

    /**
     * @param timeout what one run may take: a window must have room for two
     */
    public static Parsed<Schedule> parse(String expression, String zone, Duration window, Duration timeout) {
        if (window.isNegative()) {
            return Parsed.malformed("the window must not be negative: " + window);
        }
        if (!window.isZero() && window.compareTo(timeout.multipliedBy(2)) < 0) {
            return Parsed.malformed(
                    "the window must be at least twice the timeout: window %s, timeout %s".formatted(window, timeout));
        }
        return Cron.parse(expression, zone).map(cron -> new Schedule(expression, zone, window, cron));
    }

    /** Whether work that takes at most the timeout ends inside the window of the last trigger. */
    boolean isOpen(Instant at, Duration timeout) {
        Optional<Instant> trigger = cron.previous(at);
        return trigger.isPresent() && at.plus(timeout).isBefore(trigger.get().plus(window));
    }
}
