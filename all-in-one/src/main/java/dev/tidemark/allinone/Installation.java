package dev.tidemark.allinone;

import dev.tidemark.broker.EmbeddedBroker;
import java.util.Optional;

/**
 * What was started before the container and must be stopped after it. A static holder, since no bean lives that long.
 */
record Installation(StateFolder state, EmbeddedBroker broker) {

    private static volatile Optional<Installation> running = Optional.empty();

    static void running(Installation installation) {
        running = Optional.of(installation);
    }

    /** The installation of this process; empty in tests, which bring their own broker. */
    static Optional<Installation> running() {
        return running;
    }
}
