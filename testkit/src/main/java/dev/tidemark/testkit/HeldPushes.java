package dev.tidemark.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Pushes that a Git server has taken and does nothing with until this is closed: a server that is slow for as long as a test says. */
public final class HeldPushes implements AutoCloseable {

    private final AtomicInteger arrived = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    HeldPushes() {}

    /** How many have come so far. */
    public int arrived() {
        return arrived.get();
    }

    void pass() throws InterruptedException {
        arrived.incrementAndGet();
        closed.await();
    }

    /** Lets go all that wait, and those that come later pass. */
    @Override
    public void close() {
        closed.countDown();
    }
}
