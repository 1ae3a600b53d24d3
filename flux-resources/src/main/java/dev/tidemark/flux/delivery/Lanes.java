package dev.tidemark.flux.delivery;

import dev.tidemark.flux.ResourceId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/** Work one after the other for each Provider: one that does not answer holds up nobody else's. For any thread. */
final class Lanes {

    /** Of one Provider; what comes while so much waits is not told. */
    static final int WAITING = 100;

    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ResourceId, ArrayDeque<Runnable>> lanes = new HashMap<>();

    /** @param threads runs a task for each Provider that has something to do */
    Lanes(Executor threads) {
        this.threads = threads;
    }

    /** False where too much waits already. */
    boolean add(ResourceId provider, Runnable work) {
        lock.lock();
        try {
            ArrayDeque<Runnable> lane = lanes.get(provider);
            if (lane != null) {
                return lane.size() < WAITING && lane.add(work);
            }
            lanes.put(provider, new ArrayDeque<>(List.of(work)));
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
            next.get().run();
        }
    }

    private Optional<Runnable> next(ResourceId provider) {
        lock.lock();
        try {
            Optional<Runnable> next = Optional.ofNullable(lanes.get(provider)).map(ArrayDeque::poll);
            if (next.isEmpty()) {
                lanes.remove(provider);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
