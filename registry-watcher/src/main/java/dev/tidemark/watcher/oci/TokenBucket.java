package dev.tidemark.watcher.oci;

import dev.tidemark.watcher.domain.Urgency;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many requests one host takes with one credential. Routine polls leave a reserve for what somebody waits for:
 * webhooks and requested scans.
 */
final class TokenBucket {

    /** The share of the burst that routine polls never use. */
    private static final double RESERVE = 0.25;

    private static final double NANOS = 1e9;

    /** Whoever took a token is done with it after this: longer than a list or a request may take on the way. */
    private static final double IDLE_SECONDS = 600;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;

    /** @param nanoTime a clock that never steps back, {@code System::nanoTime} */
    public TokenBucket(double perSecond, int burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.tokens = burst;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Whether it is full, and nobody has taken a token for ten minutes. */
    synchronized boolean isIdle() {
        double quiet = (nanoTime.getAsLong() - filledAt) / NANOS;
        return quiet > IDLE_SECONDS && tokens + quiet * perSecond >= burst;
    }

    /** Takes a token: zero when the request may go now, else how long to wait before asking again. */
    public synchronized Duration take(Urgency urgency) {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
        double floor = urgency == Urgency.ROUTINE ? Math.floor(burst * RESERVE) : 0;
        double missing = floor + 1 - tokens;
        if (missing <= 0) {
            tokens -= 1;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil(missing / perSecond * NANOS));
    }
}
