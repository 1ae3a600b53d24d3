package dev.tidemark.runtime.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the run began that a thread is in, for whoever says what it came to: it need not be handed through all of it. */
public final class RunTime {

    private static final ScopedValue<Instant> BEGAN = ScopedValue.newInstance();

    private RunTime() {}

    static ScopedValue.Carrier begun(Instant began) {
        return ScopedValue.where(BEGAN, began);
    }

    /** Runs what ends a run that began elsewhere then: with the decision of another process, for example. */
    public static void since(Instant began, Runnable end) {
        begun(began).run(end);
    }

    /** How long the run of this thread has taken so far; empty outside of one. */
    public static Optional<Duration> until(Instant now) {
        return BEGAN.isBound() ? Optional.of(Duration.between(BEGAN.get(), now)) : Optional.empty();
    }
}
