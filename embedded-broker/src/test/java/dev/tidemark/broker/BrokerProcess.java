package dev.tidemark.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker that a test can kill: {@code FOLDER PORT CONTROLLER-PORT}. Says "ready" and stays. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedBroker.start(
                new BrokerSettings(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), false));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
