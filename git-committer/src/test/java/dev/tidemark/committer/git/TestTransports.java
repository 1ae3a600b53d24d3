package dev.tidemark.committer.git;

import dev.tidemark.runtime.time.ThreadScheduler;
import java.time.Clock;

/** Transports in time as it passes. */
final class TestTransports {

    private static final ThreadScheduler SCHEDULER = new ThreadScheduler(Clock.systemUTC());

    static final PackLimits LARGE = new PackLimits(1 << 30, PackLimits.MAX_OBJECTS);

    private TestTransports() {}

    static Transports make() {
        return new Transports(SCHEDULER, LARGE);
    }

    /** That take no more. */
    static Transports taking(PackLimits limits) {
        return new Transports(SCHEDULER, limits);
    }
}
