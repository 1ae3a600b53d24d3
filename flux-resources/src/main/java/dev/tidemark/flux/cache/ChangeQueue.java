package dev.tidemark.flux.cache;

import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Changes on their way to listeners: one for each resource, so there are never more than resources. For any thread; changes
 * of one resource are added in their order.
 */
final class ChangeQueue {

    private static final System.Logger LOG = System.getLogger(ChangeQueue.class.getName());

    private final Executor loop;
    private final CopyOnWriteArrayList<Consumer<List<Change>>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Map<ResourceId, Change> pending = new LinkedHashMap<>();
    private boolean notifying;

    /** @param loop runs the listeners: one task at a time, for as long as there is a change */
    ChangeQueue(Executor loop) {
        this.loop = loop;
    }

    Registration onChange(Consumer<List<Change>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** With what is pending of the same resource it becomes one change. */
    void add(Change change) {
        if (listeners.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            pending.merge(change.id(), change, ChangeQueue::merged);
            if (notifying) {
                return;
            }
            notifying = true;
        } finally {
            lock.unlock();
        }
        loop.execute(this::notifyListeners);
    }

    private static Change merged(Change first, Change second) {
        Resource<?> before = first.earlier().orElse(null);
        return switch (second) {
            case Change.Upserted upserted -> new Change.Upserted(before, upserted.after());
            case Change.Deleted deleted -> new Change.Deleted(deleted.kind(), deleted.id(), before);
        };
    }

    private void notifyListeners() {
        for (List<Change> changes = next(); !changes.isEmpty(); changes = next()) {
            for (Consumer<List<Change>> listener : listeners) {
                try {
                    listener.accept(changes);
                } catch (RuntimeException | Error fault) {
                    // one listener's failure must not keep the others from hearing
                    LOG.log(Level.ERROR, "a listener of the resources failed", fault);
                }
            }
        }
    }

    private List<Change> next() {
        lock.lock();
        try {
            List<Change> changes = List.copyOf(pending.values());
            pending = new LinkedHashMap<>();
            notifying = !changes.isEmpty();
            return changes;
        } finally {
            lock.unlock();
        }
    }
}
