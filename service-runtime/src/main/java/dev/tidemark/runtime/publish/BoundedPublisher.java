package dev.tidemark.runtime.publish;

import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sends without waiting in between, then waits for all; whoever would have more under way than allowed waits for the
 * broker. May be used by several threads. Its sender is made at the first use: clients of the log may not exist before.
 */
public final class BoundedPublisher implements EventPublisher {

    /** A batch of a scan and some more: enough that the broker never waits for us, little enough for any heap. */
    static final int MAX_IN_FLIGHT = 512;

    /** Longer than the client's delivery timeout, which gives the better message. */
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final Supplier<Sender> sender;
    private final Duration limit;
    private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);

    public BoundedPublisher(Supplier<Sender> sender) {
        this(sender, LIMIT);
    }

    BoundedPublisher(Supplier<Sender> sender, Duration limit) {
        this.sender = sender;
        this.limit = limit;
    }

    @Override
    public void append(List<? extends Publication> publications) {
        long end = System.nanoTime() + limit.toNanos();
        List<CompletableFuture<Void>> sent = new ArrayList<>(publications.size());
        try {
            for (Publication publication : publications) {
                sent.add(send(publication, end));
            }
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new LogUnavailableException("the broker does not take events: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new LogUnavailableException("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("stopped while writing", e);
        }
    }

    private CompletableFuture<Void> send(Publication publication, long end)
            throws InterruptedException, TimeoutException {
        if (!room.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("others wait for the broker too");
        }
        boolean underWay = false;
        try {
            CompletableFuture<Void> sending =
                    sender.get().send(publication).whenComplete((nothing, failure) -> room.release());
            underWay = true;
            return sending;
        } finally {
            if (!underWay) {
                room.release();
            }
        }
    }
}
