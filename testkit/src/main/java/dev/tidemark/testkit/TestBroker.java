package dev.tidemark.testkit;

import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The broker of a test class, on free ports and in a folder of its own. */
public final class TestBroker implements AutoCloseable {

    private final EmbeddedBroker broker;

    private TestBroker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    public static TestBroker start() {
        try {
            return start(Files.createTempDirectory("tidemark-test-broker"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts on a folder that may hold the log of an earlier broker. */
    public static TestBroker start(Path folder) {
        return new TestBroker(EmbeddedBroker.start(
                new BrokerSettings(folder, EmbeddedBroker.freePort(), EmbeddedBroker.freePort(), false)));
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
    }
}
