package dev.tidemark.watcher.reconcile;

import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.TagCheckScheduler;
import dev.tidemark.watcher.domain.TagCheckScheduler.Check;
import dev.tidemark.watcher.domain.TagCheckScheduler.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The checks of single tags that are requested of one partition, each at its time. For any thread; never blocks. */
final class TagChecks {

    /** A clock that was set is noticed after this at the latest. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final RequestedChecks requested;
    private final Asker asker;
    private final Scheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private final TagCheckScheduler checks = new TagCheckScheduler();
    private Scheduler.@Nullable Timer timer;
    private boolean closed;

    /** Asks a feed for a tag. */
    @FunctionalInterface
    interface Asker {
        void ask(Request request, Consumer<TagCheck.Ended> done);
    }

    TagChecks(RequestedChecks requested, Asker asker, Scheduler scheduler) {
        this.requested = requested;
        this.asker = asker;
        this.scheduler = scheduler;
    }

    /** What is requested under these keys has changed, or is read for the first time. */
    void read(Collection<String> keys) {
        change(now -> keys.forEach(key -> requested
                .find(key)
                .ifPresentOrElse(request -> checks.requested(key, request, now), () -> checks.withdrawn(key))));
    }

    private void ended(Check check, TagCheck.Ended how) {
        change(now -> checks.ended(check, how, now));
    }

    @FunctionalInterface
    private interface Change {
        void make(Instant now);
    }

    /** Feeds are asked without the lock: their answer may come at once. */
    private void change(Change change) {
        List<Check> due;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Instant now = scheduler.now();
            change.make(now);
            due = checks.begin(now);
            if (timer != null) {
                timer.cancel();
            }
            timer = checks.next()
                    .map(next -> scheduler.after(wait(now, next), () -> change(time -> {})))
                    .orElse(null);
        } finally {
            lock.unlock();
        }
        due.forEach(check -> asker.ask(check.request(), how -> ended(check, how)));
    }

    private static Duration wait(Instant now, Instant next) {
        Duration wait = Duration.between(now, next);
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /** The partition is somebody else's. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
        } finally {
            lock.unlock();
        }
    }
}
