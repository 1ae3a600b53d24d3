package dev.tidemark.committer.domain;

import java.time.Duration;

/** Exponential waiting between attempts, Flux's 750 ms to 15 min (flux-git-based 3.1). */
public record Backoff(Duration min, Duration max) {

    /** More doublings than this overflow nothing and exceed every maximum. */
    private static final int MAX_DOUBLINGS = 30;

    /** @param failures how many attempts failed in a row, at least 1 */
    public Duration after(int failures) {
        Duration wait = min.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return wait.compareTo(max) > 0 ? max : wait;
    }
}
