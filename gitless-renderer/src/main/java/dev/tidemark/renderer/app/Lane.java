package dev.tidemark.renderer.app;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs the passes over one resource, never two at once, on a virtual thread of its own: at the start, when woken, and
 * when the last pass asked for it. Wakes during a pass lead to one more pass.
 */
final class Lane {

    private final Work work;
    private final Runnable onOver;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private boolean woken = true;
    private boolean stopped;
    private volatile boolean passed;
    private volatile boolean over;

    /** What a lane runs. */
    interface Work {
        /** One pass; returns how long to wait before the next pass; null: until woken. */
        @Nullable
        Duration pass();

        /** Whether there is nothing to do any more, ever: the resource is gone. */
        boolean isOver();
    }

    /** @param onOver called when the work is over, after the lane says so itself */
    Lane(String name, Work work, Runnable onOver) {
        this.work = work;
        this.onOver = onOver;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void wake() {
        signal(false);
    }

    /** No pass begins any more; one that runs comes to its end. */
    void stop() {
        signal(true);
    }

    /** Whether there was a pass. */
    boolean hasPassed() {
        return passed;
    }

    /** Whether it came to an end of its own. */
    boolean isOver() {
        return over;
    }

    private void signal(boolean stop) {
        lock.lock();
        try {
            woken = true;
            stopped |= stop;
            change.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Duration wait = Duration.ZERO;
        while (awaitTurn(wait)) {
            wait = work.pass();
            passed = true;
            if (work.isOver()) {
                over = true;
                onOver.run();
                return;
            }
        }
    }

    private boolean awaitTurn(@Nullable Duration wait) {
        lock.lock();
        try {
            long left = wait == null ? 0 : wait.toNanos();
            while (!woken && (wait == null || left > 0)) {
                if (wait == null) {
                    change.await();
                } else {
                    left = change.awaitNanos(left);
                }
            }
            woken = false;
            return !stopped;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
