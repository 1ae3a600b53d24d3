package dev.tidemark.watcher.domain.budget;

import dev.tidemark.watcher.domain.budget.RequestStream.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may be under way at a host: more while it answers as quickly as it can, fewer when most answers of a
 * round are slow or none (ADR 34). A round is as many answers as may be under way.
 */
final class Window {

    /** What a host takes that is not known yet; also what it gets at most after a restart in which it is in trouble. */
    static final int FIRST = 16;

    /** By slowness alone it never has fewer: Flux's controllers ask four at a time without looking. */
    static final int LEAST = 4;

    /** A new connection takes three ways to and fro where one that stands takes one; its first answer is not slow. */
    private static final int TIMES = 3;

    /** A pause of either side's collector is no sign. */
    private static final long GRACE = Duration.ofMillis(50).toNanos();

    /**
     * How much of a slower answer becomes the usual, while hardly anything is under way: else our own queue would. So a
     * host that is slower for good gets few at once until that is known, and then more.
     */
    private static final int DRIFT = 16;

    private final int ceiling;
    private final Map<Kind, Long> quickest = new EnumMap<>(Kind.class);
    private int limit;
    private boolean doubling = true;
    private @Nullable Long shrunkAt;
    private int answers;
    private int slow;
    private int mostUnderWay;

    Window(int ceiling) {
        this.ceiling = ceiling;
        this.limit = Math.min(FIRST, ceiling);
    }

    int limit() {
        return limit;
    }

    /** @param underWay how many were, this one included */
    void answered(Kind kind, Duration latency, int underWay, long sentAt, long now) {
        long nanos = latency.toNanos();
        long usual = quickest.computeIfAbsent(kind, first -> nanos);
        if (nanos < usual || underWay <= LEAST) {
            quickest.put(kind, nanos < usual ? nanos : usual + (nanos - usual) / DRIFT);
        }
        count(nanos > usual * TIMES + GRACE, underWay, sentAt, now);
    }

    void failed(int underWay, long sentAt, long now) {
        count(true, underWay, sentAt, now);
    }

    private void count(boolean bad, int underWay, long sentAt, long now) {
        if (shrunkAt != null && sentAt - shrunkAt < 0) {
            return; // says how it was before there were fewer
        }
        answers++;
        slow += bad ? 1 : 0;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        if (answers < limit) {
            return;
        }
        if (slow * 2 > answers) {
            limit = Math.max(Math.min(LEAST, ceiling), limit * 3 / 4);
            doubling = false;
            shrunkAt = now;
        } else if (mostUnderWay * 2 > limit) {
            limit = Math.min(ceiling, doubling ? limit * 2 : limit + 1);
        }
        answers = 0;
        slow = 0;
        mostUnderWay = 0;
    }
}
