package dev.tidemark.runtime.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: doubles from {@code min} to {@code max}. Jitter only lengthens a wait, so
 * that many that failed together do not come back together, and never makes one shorter than what was promised.
 *
 * @param min the wait after the first failure
 * @param max the longest wait, before jitter
 * @param jitter by how much a wait is lengthened at most, as a share of it: 0.1 for a tenth, 0 for none
 */
public record Backoff(Duration min, Duration max, double jitter, RandomGenerator random) {

    /** Beyond this many doublings of a millisecond every sensible maximum is reached. */
    private static final int MAX_DOUBLINGS = 40;

    public Backoff {
        if (min.isNegative() || min.isZero() || max.compareTo(min) < 0 || jitter < 0) {
            throw new IllegalArgumentException(
                    "expected 0 < min <= max and no negative jitter, not " + min + ", " + max + ", " + jitter);
        }
    }

    /** @param failures how many there were in a row, this one included */
    public Duration after(int failures) {
        Duration wait = min;
        for (int i = 1; i < Math.min(failures, MAX_DOUBLINGS) && wait.compareTo(max) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        Duration bounded = wait.compareTo(max) < 0 ? wait : max;
        long span = (long) (bounded.toMillis() * jitter);
        return span == 0 ? bounded : bounded.plusMillis(random.nextLong(span + 1));
    }
}
