package dev.tidemark.runtime.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * One run over a key.
 *
 * @param asked why it runs: who asked since the last run began; empty where its own time has come
 * @param failures how many runs before it failed in a row
 * @param pause how long is waited before it is tried again, should it fail
 */
public record Run(Set<Priority> asked, int failures, Duration pause, Clock clock) {

    /** When it is tried again should it fail now: the pause counts from its end, however long it took. */
    public Instant nextTry() {
        return clock.instant().plus(pause);
    }
}
