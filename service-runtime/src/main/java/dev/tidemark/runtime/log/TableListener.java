package dev.tidemark.runtime.log;

import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.time.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who hears of a table's changes. What it fails at is told again until it succeeds, key by key, so that one that can
 * never be dealt with keeps no other. For one thread, but for {@link #health}.
 */
final class TableListener {

    private static final System.Logger LOG = System.getLogger(TableListener.class.getName());

    private final String name;
    private final Consumer<Set<String>> onChange;
    private final Backoff backoff;
    private final Clock clock;

    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> again = new LinkedHashSet<>();
    private int failures;
    private Instant nextTry = Instant.MIN;
    private volatile TableHealth health = new TableHealth.Following();

    TableListener(String name, Consumer<Set<String>> onChange, Backoff backoff, Clock clock) {
        this.name = name;
        this.onChange = onChange;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** To be told with the next {@link #tell}. */
    void changed(String key) {
        changed.add(key);
    }

    /** Tells what has changed, and what failed before when its time has come. */
    void tell() {
        if (!changed.isEmpty()) {
            Set<String> batch = Set.copyOf(changed);
            if (!heard(batch)) {
                again.addAll(changed);
            } else {
                again.removeAll(batch);
            }
            changed.clear();
        }
        if (!again.isEmpty() && !clock.instant().isBefore(nextTry)) {
            List.copyOf(again).forEach(key -> {
                if (heard(Set.of(key))) {
                    again.remove(key);
                }
            });
            failures++;
            nextTry = clock.instant().plus(backoff.after(failures));
        }
        if (again.isEmpty()) {
            failures = 0;
            nextTry = Instant.MIN;
            health = new TableHealth.Following();
        }
    }

    /** How long nothing need be told, if nothing changes: not beyond the next try of what failed. */
    Duration within(Duration longest) {
        if (again.isEmpty()) {
            return longest;
        }
        Duration left = Duration.between(clock.instant(), nextTry);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(longest) < 0 ? left : longest;
    }

    /** Whether it fails at something. */
    TableHealth health() {
        return health;
    }

    private boolean heard(Set<String> keys) {
        try {
            onChange.accept(keys);
            return true;
        } catch (Throwable fault) {
            failing(fault);
            Faults.rethrowFatal(fault);
            LOG.log(
                    System.Logger.Level.ERROR,
                    name + ": the change of " + keys.size() + " keys could not be dealt with; again soon",
                    fault);
            return false;
        }
    }

    private void failing(Throwable fault) {
        String cause = "what has changed could not be dealt with: " + fault.getMessage();
        health = switch (health) {
            case TableHealth.Following now -> new TableHealth.Failing(cause, clock.instant());
            case TableHealth.Failing(String before, Instant since) -> new TableHealth.Failing(cause, since);
        };
    }
}
