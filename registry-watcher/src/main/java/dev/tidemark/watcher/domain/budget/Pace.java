package dev.tidemark.watcher.domain.budget;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a second a host gets: as many as are allowed until it says that they are too many, then half of what
 * it got, and twice as many again each minute after that (ADR 34). Not for several threads at once.
 */
public final class Pace {

    private static final double SECOND = 1e9;

    /** From a refusal to the next try of what was refused: a host that limits by the minute refuses once a minute. */
    private static final double DOUBLED_AFTER = Duration.ofMinutes(1).toNanos();

    /** One a minute finds out whether a host that refuses everything has come round. */
    private static final double LEAST = 1.0 / 60;

    private final double ceiling;
    private double tokens;
    private long filledAt;
    private double halved;
    private @Nullable Long refusedAt;

    /** What went in the second that runs, and in the one before. */
    private long second;

    private int sent;
    private int sentBefore;

    /** @param perSecond never more than that */
    public Pace(double perSecond, long now) {
        this.ceiling = perSecond;
        this.filledAt = now;
        this.second = now;
        this.tokens = burst(perSecond);
    }

    private static double burst(double perSecond) {
        return Math.max(1, perSecond * Ceiling.BURST_SECONDS);
    }

    double perSecond(long now) {
        return refusedAt == null ? ceiling : Math.min(ceiling, halved * Math.pow(2, (now - refusedAt) / DOUBLED_AFTER));
    }

    /** Nanoseconds until one may go; 0 for now. */
    long waitFor(long now) {
        double rate = perSecond(now);
        double there = Math.min(burst(rate), tokens + (now - filledAt) / SECOND * rate);
        return there >= 1 ? 0 : (long) Math.ceil((1 - there) / rate * SECOND);
    }

    void take(long now) {
        double rate = perSecond(now);
        tokens = Math.min(burst(rate), tokens + (now - filledAt) / SECOND * rate) - 1;
        filledAt = now;
        if (now - second >= SECOND) {
            sentBefore = now - second >= 2 * SECOND ? 0 : sent;
            sent = 0;
            second = now;
        }
        sent++;
    }

    /** A request that went at that time was one too many; those that were under way at a refusal say nothing new. */
    void refused(long sentAt, long now) {
        if (refusedAt != null && sentAt - refusedAt < 0) {
            return;
        }
        double got = Math.max(1, Math.max(sent, sentBefore));
        halved = Math.max(LEAST, Math.min(perSecond(now), got) / 2);
        refusedAt = now;
        tokens = 0;
        filledAt = now;
    }
}
