package dev.tidemark.flux.cluster;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.StatusStore.Outcome;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Has the status of objects say why they are refused, on a thread of its own and until it is said. */
final class Refusals implements Runnable {

    private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

    /** An API server that is away is asked this often. */
    private static final long RETRY_SECONDS = 10;

    /** Who is in conflict so often in a row has another writer beside it. */
    private static final int MAX_CONFLICTS = 3;

    private final ClusterStatuses statuses;
    private final Predicate<String> own;
    private final LinkedHashSet<ResourceId> waiting = new LinkedHashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();

    /** @param own whether the status of a kind is this process's to write */
    Refusals(ClusterStatuses statuses, Predicate<String> own) {
        this.statuses = statuses;
        this.own = own;
    }

    void add(ResourceId id) {
        if (!own.test(id.kind())) {
            return;
        }
        lock.lock();
        try {
            waiting.add(id);
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                ResourceId id = next();
                if (!shown(id)) {
                    pause();
                    add(id);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private ResourceId next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                added.await();
            }
            return waiting.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.SECONDS.toNanos(RETRY_SECONDS);
            while (left > 0) {
                left = added.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean shown(ResourceId id) {
        try {
            for (int attempt = 0; attempt < MAX_CONFLICTS; attempt++) {
                if (statuses.show(id) != Outcome.CONFLICT) {
                    return true;
                }
            }
        } catch (UncheckedIOException away) {
            LOG.log(Level.WARNING, "why " + id + " is refused could not be shown: " + away.getMessage());
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "why " + id + " is refused could not be shown", fault);
        }
        return false;
    }
}
