package dev.tidemark.watcher.domain.budget;

import dev.tidemark.watcher.domain.RetryDelay;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.RequestStream.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a host tells of its own limits, by what was asked for: Docker Hub counts pulls and tells of them with tags, and
 * lists cost nothing. A limit counts while it is seen to fall: what we ask for may be free, as HEAD is there. Of one that
 * falls the last quarter is left to others who share it, such as the nodes that pull; routine polls spread what is left
 * over the time until there is more. Nothing goes when nothing is left and the end of that is known.
 */
final class ToldLimits {

    private static final int QUARTERS = 4;

    /** Where neither a reset nor a window is told. */
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Map<Kind, Known> known = new EnumMap<>(Kind.class);

    private record Known(ToldLimit told, boolean falls, long at) {}

    private final Map<Kind, Long> lastRoutine = new EnumMap<>(Kind.class);

    void told(Kind kind, ToldLimit told, long now) {
        Known before = known.get(kind);
        boolean falls = before != null && told.remaining() < before.told().remaining();
        known.put(kind, new Known(told, falls, now));
    }

    void sent(Kind kind, Urgency urgency, long now) {
        if (urgency == Urgency.ROUTINE) {
            lastRoutine.put(kind, now);
        }
    }

    /** Nanoseconds until one may go; 0 for now. */
    long waitFor(Kind kind, Urgency urgency, long now) {
        Known limit = known.get(kind);
        if (limit == null || !limit.falls()) {
            return 0;
        }
        ToldLimit told = limit.told();
        if (told.remaining() <= 0 && told.resetIn() != null) {
            return Math.max(0, limit.at() + obeyed(told.resetIn()) - now);
        }
        if (urgency == Urgency.AWAITED || told.remaining() > told.limit() / QUARTERS) {
            return 0;
        }
        long pause = obeyed(over(told).dividedBy(Math.max(1, told.remaining())));
        return Math.max(0, lastRoutine.getOrDefault(kind, limit.at()) + pause - now);
    }

    private static Duration over(ToldLimit told) {
        if (told.resetIn() != null) {
            return told.resetIn();
        }
        return told.window() == null ? A_MINUTE : told.window();
    }

    private static long obeyed(Duration wait) {
        return (wait.compareTo(RetryDelay.LONGEST) < 0 ? wait : RetryDelay.LONGEST).toNanos();
    }
}
