package dev.tidemark.watcher.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When to try again after failures in a row: 750 ms, doubling, at most 15 minutes (flux-git-based 3.1). */
public final class Backoff {

    static final Duration FIRST = Duration.ofMillis(750);
    /** What a registry asks for beyond it is not obeyed: it may have meant anything. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    /** Beyond this many doublings every delay is the longest one. */
    private static final int MAX_DOUBLINGS = 20;

    private Backoff() {}

    /**
     * @param failures in a row so far, at least one
     * @param retryAfter what the registry asks for; obeyed up to the longest delay, never shortened
     */
    public static Duration delay(int failures, @Nullable Duration retryAfter) {
        Duration own = FIRST.multipliedBy(1L << Math.min(Math.max(0, failures - 1), MAX_DOUBLINGS));
        Duration wanted = retryAfter != null && retryAfter.compareTo(own) > 0 ? retryAfter : own;
        return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }
}
