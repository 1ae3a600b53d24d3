package dev.tidemark.benchmarks.bench.cluster;

import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import java.nio.file.Path;

/** A broker in a process of its own, until it is ended. */
public final class BrokerProgram {

    static final String READY = "the broker is ready";

    private BrokerProgram() {}

    /** @param args the folder of its log, and its port */
    public static void main(String[] args) {
        EmbeddedBroker broker = EmbeddedBroker.start(
                new BrokerSettings(Path.of(args[0]), Integer.parseInt(args[1]), EmbeddedBroker.freePort(), false));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "close-broker"));
        System.out.println(READY);
    }
}
