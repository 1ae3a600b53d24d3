package dev.tidemark.renderer.reconcile;

import java.time.Duration;

/** When objects that are not healthy are looked at again: soon at first, since a definition takes less than a second. */
final class HealthPace {

    private static final Duration SHORTEST = Duration.ofMillis(250);

    /** As upstream has it (flux-gitless 2.9). */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private HealthPace() {}

    /** @param waited so far; the pause is half as long */
    static Duration after(Duration waited) {
        Duration half = waited.dividedBy(2);
        if (half.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return half.compareTo(LONGEST) < 0 ? half : LONGEST;
    }
}
