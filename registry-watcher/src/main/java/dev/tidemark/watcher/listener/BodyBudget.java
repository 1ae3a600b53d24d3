package dev.tidemark.watcher.listener;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all bodies together may take, so that no crowd of senders can fill the heap. */
final class BodyBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit bytes */
    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** Takes the bytes, or none of them when there are not as many. */
    boolean take(long bytes) {
        long now = used.addAndGet(bytes);
        if (now > limit) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
