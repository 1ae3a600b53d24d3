package dev.tidemark.runtime.log;

import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.time.Backoff;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who hears of a table's changes. What it fails at is told again until it succeeds, key by key, so that one that can
 * never be dealt with keeps no other. For one thread.
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
            failures = again.isEmpty() ? 0 : failures + 1;
            nextTry = clock.instant().plus(backoff.after(failures));
        }
    }

    private boolean heard(Set<String> keys) {
        try {
            onChange.accept(keys);
            return true;
        } catch (Throwable fault) {
            Faults.rethrowFatal(fault);
            LOG.log(
                    System.Logger.Level.ERROR,
                    name + ": the change of " + keys.size() + " keys could not be dealt with; again soon",
                    fault);
            return false;
        }
    }
}
