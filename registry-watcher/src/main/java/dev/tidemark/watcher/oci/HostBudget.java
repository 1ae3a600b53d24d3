package dev.tidemark.watcher.oci;

import dev.tidemark.watcher.domain.Urgency;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * When one host may be asked with one credential: our own limit of requests, and what the registry has asked for. Limits
 * are of a repository at some registries and of the whole host at others. So the repository that was refused waits; when
 * a second one is refused meanwhile, all of them do.
 */
final class HostBudget {

    private final TokenBucket bucket;
    private final LongSupplier nanoTime;
    private final Map<String, Long> refusedUntil = new HashMap<>();
    private long hostUntil;

    /** Whether a request may go. */
    public sealed interface Turn {
        record Go() implements Turn {}

        /** Our own limit: ask again after this. */
        record Wait(Duration pause) implements Turn {}

        /**
         * The registry wants no request before.
         *
         * @param wholeHost whether more than this repository waits
         */
        record Refused(Duration pause, boolean wholeHost) implements Turn {}
    }

    /** @param nanoTime a clock that never steps back, {@code System::nanoTime} */
    public HostBudget(TokenBucket bucket, LongSupplier nanoTime) {
        this.bucket = bucket;
        this.nanoTime = nanoTime;
        this.hostUntil = nanoTime.getAsLong();
    }

    /** Takes a turn for a request about a repository. */
    public synchronized Turn take(String repository, Urgency urgency) {
        long now = nanoTime.getAsLong();
        if (hostUntil - now > 0) {
            return new Turn.Refused(Duration.ofNanos(hostUntil - now), true);
        }
        Long until = refusedUntil.get(repository);
        if (until != null && until - now > 0) {
            return new Turn.Refused(Duration.ofNanos(until - now), false);
        }
        Duration wait = bucket.take(urgency);
        return wait.isZero() ? new Turn.Go() : new Turn.Wait(wait);
    }

    /** Whether it says what a new one would say, and will go on to: nobody has asked for a while. */
    public synchronized boolean isIdle() {
        long now = nanoTime.getAsLong();
        refusedUntil.values().removeIf(until -> until - now <= 0);
        return refusedUntil.isEmpty() && hostUntil - now <= 0 && bucket.isIdle();
    }

    /** The registry has asked for patience when it was asked about a repository. */
    public synchronized void refused(String repository, Duration pause) {
        long now = nanoTime.getAsLong();
        refusedUntil.values().removeIf(until -> until - now <= 0);
        long until = now + pause.toNanos();
        boolean others = refusedUntil.keySet().stream().anyMatch(other -> !other.equals(repository));
        refusedUntil.put(repository, until);
        if (others && until - hostUntil > 0) {
            hostUntil = until;
        }
    }
}
