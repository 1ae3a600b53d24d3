package dev.tidemark.flux.delivery;

import dev.tidemark.flux.ResourceId;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/** Work one after the other for each Provider: one that does not answer holds up nobody else's. For any thread. */
final class ProviderQueues {

    /** Of one Provider; what comes while so much waits is not told. */
    static final int WAITING = 100;

    private static final System.Logger LOG = System.getLogger(ProviderQueues.class.getName());

    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ResourceId, ArrayDeque<Runnable>> queues = new HashMap<>();

    /** @param threads runs a task for each Provider that has something to do */
    ProviderQueues(Executor threads) {
        this.threads = threads;
    }

    /** False where too much waits already. */
    boolean add(ResourceId provider, Runnable work) {
        lock.lock();
        try {
            ArrayDeque<Runnable> queue = queues.get(provider);
            if (queue != null) {
                return queue.size() < WAITING && queue.add(work);
            }
            queues.put(provider, new ArrayDeque<>(List.of(work)));
        } finally {
            lock.unlock();
        }
        threads.execute(() -> work(provider));
        return true;
    }

    private void work(ResourceId provider) {
        for (Optional<Runnable> next = next(provider);
                next.isPresent() && !Thread.currentThread().isInterrupted();
                next = next(provider)) {
            try {
                next.get().run();
            } catch (RuntimeException fault) {
                // what is behind it waits for nothing else
                LOG.log(Level.ERROR, "an event could not be told", fault);
            }
        }
    }

    private Optional<Runnable> next(ResourceId provider) {
        lock.lock();
        try {
            Optional<Runnable> next = Optional.ofNullable(queues.get(provider)).map(ArrayDeque::poll);
            if (next.isEmpty()) {
                queues.remove(provider);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
