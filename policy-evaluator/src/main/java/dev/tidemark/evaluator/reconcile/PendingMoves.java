package dev.tidemark.evaluator.reconcile;

import dev.tidemark.events.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Targets that are withdrawn as soon as the log declares them where they are now, which somebody else does, and when each
 * is compared again: later each time.
 */
final class PendingMoves {

    /** Somebody else declares in a tenth of a second what moves to him; who is away for long costs little. */
    static final Duration FIRST_LOOK = Duration.ofMillis(500);

    private static final int MOST_DOUBLINGS = 6;

    private final Map<Target, Wait> waits = new HashMap<>();

    private record Wait(int attempt, Instant until) {}

    /** What came of a comparison: those that still wait, of those that were compared. */
    void compared(Set<Target> targets, Set<Target> early, Instant now) {
        waits.keySet().removeIf(target -> targets.contains(target) && !early.contains(target));
        early.forEach(target -> {
            Wait before = waits.get(target);
            int attempt = before == null ? 0 : Math.min(before.attempt() + 1, MOST_DOUBLINGS);
            waits.put(target, new Wait(attempt, now.plus(FIRST_LOOK.multipliedBy(1L << attempt))));
        });
    }

    /** Those whose time has come. */
    Set<Target> due(Instant now) {
        Set<Target> due = new HashSet<>();
        waits.forEach((target, wait) -> {
            if (!wait.until().isAfter(now)) {
                due.add(target);
            }
        });
        return due;
    }

    /** How long until the next one is due; empty when none waits. */
    Optional<Duration> next(Instant now) {
        return waits.values().stream()
                .map(Wait::until)
                .min(Instant::compareTo)
                .map(until -> until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
    }
}
