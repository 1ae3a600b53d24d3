package dev.tidemark.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A broker in a process of its own, until it is ended: for tests, for measurements, and for what is started while an image is
 * built.
 */
public final class BrokerProgram {

    /** A file in the broker's folder, there while it can be connected to. */
    public static final String READY = "ready";

    private BrokerProgram() {}

    /**
     * Returns when it is ready.
     *
     * @param args the folder of its log, its port, and its controller's port, all of loopback
     */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path ready = folder.resolve(READY);
        Files.deleteIfExists(ready);
        EmbeddedBroker broker = EmbeddedBroker.start(
                new BrokerSettings(folder, Integer.parseInt(args[1]), Integer.parseInt(args[2]), false));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "close-broker"));
        Files.createFile(ready);
    }
}
