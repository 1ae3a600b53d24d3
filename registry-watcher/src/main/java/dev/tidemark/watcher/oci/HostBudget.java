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
    public sealed interface Permit {
        record Go() implements Permit {}

        /** Our own limit: ask again after this. */
        record Wait(Duration pause) implements Permit {}

        /**
         * The registry wants no request before.
         *
         * @param wholeHost whether more than this repository waits
         */
        record Refused(Duration pause, boolean wholeHost) implements Permit {}
    }

    /** @param nanoTime a clock that never steps back, {@code System::nanoTime} */
    public HostBudget(TokenBucket bucket, LongSupplier nanoTime) {
        this.bucket = bucket;
        this.nanoTime = nanoTime;
        this.hostUntil = nanoTime.getAsLong();
    }

    /** Takes a permit for a request about a repository. */
    public synchronized Permit take(String repository, Urgency urgency) {
        long now = nanoTime.getAsLong();
        if (hostUntil - now > 0) {
            return new Permit.Refused(Duration.ofNanos(hostUntil - now), true);
        }
        Long until = refusedUntil.get(repository);
        if (until != null && until - now > 0) {
            return new Permit.Refused(Duration.ofNanos(until - now), false);
        }
        Duration wait = bucket.take(urgency);
        return wait.isZero() ? new Permit.Go() : new Permit.Wait(wait);
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
