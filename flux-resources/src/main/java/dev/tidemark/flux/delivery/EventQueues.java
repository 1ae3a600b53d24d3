package dev.tidemark.flux.delivery;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work with events, one after the other for each key: what is slow for one holds up nobody else's. What waits is bounded by
 * the memory that it holds; of too much the oldest of whoever has most waiting is lost, so that one who hangs costs nobody
 * else an event, and is told what is newest when he answers again. For any thread.
 */
final class EventQueues<K> {

    /**
     * Of all keys together: some ten thousand events, more than a first start of thousands of objects brings at once, and
     * little enough for the smallest heap that a service is given.
     */
    static final long MAX_BYTES = 16L << 20;

    private static final System.Logger LOG = System.getLogger(EventQueues.class.getName());

    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Queue> queues = new HashMap<>();
    private long bytes;

    /**
     * What is to be done.
     *
     * @param bytes of memory that it holds until then, about
     * @param run does it
     * @param lost is run instead where it has waited too long in too long a queue
     */
    record Work(long bytes, Runnable run, Runnable lost) {}

    private static final class Queue {
        private final ArrayDeque<Work> waiting = new ArrayDeque<>();
        private long bytes;
    }

    /** @param threads runs a task for each key that has something to do */
    EventQueues(Executor threads) {
        this.threads = threads;
    }

    void add(K key, Work work) {
        boolean isFirst;
        List<Work> lost;
        lock.lock();
        try {
            isFirst = !queues.containsKey(key);
            Queue queue = queues.computeIfAbsent(key, _ -> new Queue());
            queue.waiting.add(work);
            queue.bytes += work.bytes();
            bytes += work.bytes();
            lost = tooMuch();
        } finally {
            lock.unlock();
        }
        lost.forEach(one -> guarded(one.lost()));
        if (isFirst) {
            threads.execute(() -> work(key));
        }
    }

    private List<Work> tooMuch() {
        List<Work> lost = new ArrayList<>();
        while (bytes > MAX_BYTES) {
            queues.values().stream()
                    .max(Comparator.comparingLong(queue -> queue.bytes))
                    .flatMap(this::taken)
                    .ifPresent(lost::add);
        }
        return lost;
    }

    private void work(K key) {
        for (Optional<Work> next = next(key);
                next.isPresent() && !Thread.currentThread().isInterrupted();
                next = next(key)) {
            guarded(next.get().run());
        }
    }

    private Optional<Work> next(K key) {
        lock.lock();
        try {
            Optional<Work> next = Optional.ofNullable(queues.get(key)).flatMap(this::taken);
            if (next.isEmpty()) {
                queues.remove(key);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Work> taken(Queue queue) {
        Optional<Work> taken = Optional.ofNullable(queue.waiting.poll());
        taken.ifPresent(work -> {
            queue.bytes -= work.bytes();
            bytes -= work.bytes();
        });
        return taken;
    }

    /** What is behind it waits for nothing else. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "an event could not be told", fault);
        }
    }
}
