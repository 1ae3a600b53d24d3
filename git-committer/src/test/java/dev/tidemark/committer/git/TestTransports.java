package dev.tidemark.committer.git;

import dev.tidemark.runtime.time.ThreadScheduler;
import java.time.Clock;

/** Transports in time as it passes. */
final class TestTransports {

    private static final ThreadScheduler SCHEDULER = new ThreadScheduler(Clock.systemUTC());

    private TestTransports() {}

    static Transports make() {
        return new Transports(SCHEDULER);
    }
}
