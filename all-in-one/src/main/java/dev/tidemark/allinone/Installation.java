package dev.tidemark.allinone;

import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What was started before the container and must be stopped after it. A static holder, since no bean lives that long.
 *
 * @param listen where webhooks are received
 * @param broker starts beside the container, which waits for it before it makes topics
 */
record Installation(
        StateFolder state, Listen listen, String bootstrapServers, CompletableFuture<EmbeddedBroker> broker) {

    private static volatile Optional<Installation> running = Optional.empty();

    /** Begins to start the broker. */
    static void start(StateFolder state, Listen listen, BrokerSettings settings) {
        var broker = CompletableFuture.supplyAsync(
                () -> EmbeddedBroker.start(settings),
                task -> Thread.ofPlatform().name("start-broker").start(task));
        running = Optional.of(new Installation(state, listen, settings.bootstrapServers(), broker));
    }

    /** The installation of this process; empty in tests, which bring their own broker. */
    static Optional<Installation> running() {
        return running;
    }
}
