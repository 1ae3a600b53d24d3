package dev.tidemark.watcher.domain;

import java.time.Duration;

/** Spreads what would otherwise begin at once over a time, each thing always at the same place. */
public final class Spread {

    /** Names that differ in their last letter have neighbouring hash codes; this sets them far apart. */
    private static final int SCATTER = 0x9e3779b9;

    private Spread() {}

    /** Where in the range a name falls: from zero to just below the range. */
    public static Duration offset(String name, Duration range) {
        long scattered = Integer.toUnsignedLong(name.hashCode() * SCATTER);
        return Duration.ofMillis((scattered * range.toMillis()) >>> Integer.SIZE);
    }

    public static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
