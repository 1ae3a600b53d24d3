package dev.tidemark.watcher.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When to ask a registry again (flux-git-based 3.1). */
@FunctionalInterface
public interface RetryDelay {

    /** After the first failure in a row; each one doubles it. */
    Duration FIRST = Duration.ofMillis(750);

    /** What a registry asks for beyond it is not obeyed: it may have meant anything. */
    Duration LONGEST = Duration.ofMinutes(15);

    /**
     * @param failures in a row so far, at least one
     * @param retryAfter what the registry asks for; obeyed up to the longest delay, never shortened
     */
    Duration after(int failures, @Nullable Duration retryAfter);
}
