package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.TagCheck.Ended;
import dev.tidemark.watcher.reconcile.FeedWork.FullScan;
import dev.tidemark.watcher.reconcile.FeedWork.Resolve;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is requested of one feed, and who waits for it. Equal requests coalesce. For any thread; who waits is called without
 * the lock.
 */
final class FeedRequests {

    /** Tags that webhooks name and that wait: beyond it one list costs less than a request for each. */
    static final int MAX_CLAIMS = 1_000;

    /** Of each other kind; who requests them comes back later by itself. */
    static final int MAX_CHECKS = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final PendingWork work = new PendingWork();
    private final PendingChecks checks = work.checks;
    private final PendingScan scan = work.scan;
    private State state = State.UNWATCHED;

    private enum State {
        OPEN,
        /** No resource names the feed. */
        UNWATCHED,
        /** The partition is somebody else's: who waits is not called, its new owner reads it again. */
        LOST
    }

    /** A change, which says whom to call then. */
    @FunctionalInterface
    private interface Change {
        void make(List<Runnable> calls);
    }

    private void locked(Change change) {
        List<Runnable> calls = new ArrayList<>();
        lock.lock();
        try {
            change.make(calls);
        } finally {
            lock.unlock();
        }
        calls.forEach(Runnable::run);
    }

    private <T> T asked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private static void call(List<Runnable> calls, List<Consumer<Ended>> waiters, Ended how) {
        waiters.forEach(waiter -> calls.add(() -> waiter.accept(how)));
    }

    /** Resources name the feed from now on. Nothing is due by itself before {@link #begin}. */
    void open() {
        locked(calls -> state = state == State.UNWATCHED ? State.OPEN : state);
    }

    /** @param wanted whether somebody waits for the first scan */
    void begin(Instant firstScan, boolean wanted) {
        locked(calls -> {
            if (state == State.OPEN) {
                scan.dueAt(firstScan);
                if (wanted) {
                    scan.want();
                }
                work.reportNow();
            }
        });
    }

    void add(TagCheck check) {
        locked(calls -> {
            Optional<Resolve> before = checks.like(check);
            boolean claim = check.purpose() == TagCheck.Purpose.CLAIMED;
            int most = claim ? MAX_CLAIMS : MAX_CHECKS;
            if (before.isEmpty() && state == State.OPEN && checks.count(check.purpose()) >= most) {
                if (claim) {
                    request(calls, check.cause(), () -> check.done().accept(Ended.DONE));
                } else {
                    call(calls, List.of(check.done()), Ended.TOO_MANY);
                }
                return;
            }
            List<Consumer<Ended>> waiters =
                    new ArrayList<>(before.map(Resolve::waiters).orElse(List.of()));
            if (claim && scan.isOwing() && state == State.OPEN) {
                scan.owe();
                call(calls, List.of(check.done()), Ended.DONE);
            } else {
                waiters.add(check.done());
            }
            // who came last stands for all: what was told of later may be more than what the others ask for
            put(calls, new Resolve(check, waiters, 0, Instant.MIN));
        });
    }

    /** Asks for a full scan; called when one that began after this call has ended. */
    void addScan(@Nullable Envelope<?> cause, Runnable done) {
        locked(calls -> request(calls, cause, done));
    }

    private void request(List<Runnable> calls, @Nullable Envelope<?> cause, Runnable done) {
        boolean open = state == State.OPEN;
        if (open) {
            scan.want();
        }
        if (open && scan.isOwing()) {
            scan.owe();
            scan.keep(cause, List.of());
            calls.add(done);
        } else {
            keep(calls, cause, List.of(done));
        }
    }

    private void keep(List<Runnable> calls, @Nullable Envelope<?> cause, List<Runnable> waiters) {
        switch (state) {
            case OPEN -> scan.keep(cause, waiters);
            case UNWATCHED -> calls.addAll(waiters);
            case LOST -> {}
        }
    }

    /** Does not make the scan wanted: it is due when {@link #scanAt} says. */
    void putBack(FullScan broken) {
        locked(calls -> keep(calls, broken.cause(), broken.waiters()));
    }

    /** It failed; it waits together with those who have asked for it meanwhile. */
    void putBack(Resolve failed, int tries, Instant notBefore) {
        locked(calls -> {
            List<Consumer<Ended>> waiters = new ArrayList<>(failed.waiters());
            Optional<Resolve> meanwhile = checks.like(failed.check());
            meanwhile.ifPresent(other -> waiters.addAll(other.waiters()));
            put(calls, new Resolve(meanwhile.orElse(failed).check(), waiters, tries, notBefore));
        });
    }

    private void put(List<Runnable> calls, Resolve resolve) {
        switch (state) {
            case OPEN -> checks.put(resolve);
            case UNWATCHED -> call(calls, resolve.waiters(), Ended.NOT_WATCHED);
            case LOST -> {}
        }
    }

    /**
     * What webhooks named counts as finished: the log says that the feed is due at once after a start.
     *
     * @param notBefore when to ask for the tags that they named: the registry does not answer now
     */
    void release(Instant notBefore) {
        locked(calls -> {
            scan.owe();
            checks.release(notBefore).forEach(claim -> call(calls, claim.waiters(), Ended.DONE));
            calls.addAll(scan.release());
        });
    }

    void scanBegins() {
        locked(calls -> scan.begins());
    }

    /** Whether something was released since the scan began; from now on nothing is before the next {@link #release}. */
    boolean owesAnotherScan() {
        return asked(scan::owesAnother);
    }

    /** The registry answers again: who was put off need not wait for the end of a delay. */
    void checksAreDue() {
        locked(calls -> checks.areDue());
    }

    void scanAt(Instant time) {
        locked(calls -> scan.dueAt(time));
    }

    void scanNotAfter(Instant time) {
        locked(calls -> scan.notAfter(time));
    }

    void reportNow() {
        locked(calls -> work.reportNow());
    }

    void reportAfter(Instant now, Duration pause) {
        locked(calls -> work.reportAfter(now, pause));
    }

    /** A tag that somebody waits for and that may be asked for now. */
    Optional<Resolve> takeAwaited(Instant now) {
        return asked(() -> work.nextAwaited(now));
    }

    /** What is to be done now; empty when everything has time, or the feed is not ours. */
    Optional<FeedWork> take(Instant now) {
        return asked(() -> state == State.OPEN ? work.next(now) : Optional.empty());
    }

    /** When {@link #take} has something to do next. */
    Instant earliest() {
        return asked(work::earliest);
    }

    /** How many tags wait, equal ones once. */
    int size() {
        return asked(checks::size);
    }

    /** The partition is lost. */
    void close() {
        end(State.LOST);
    }

    /** No resource names the feed any more: what waits is settled. */
    void retire() {
        end(State.UNWATCHED);
    }

    private void end(State how) {
        locked(calls -> {
            state = state == State.LOST ? State.LOST : how;
            List<Resolve> tags = checks.clear();
            List<Runnable> waiters = scan.clear();
            if (state == State.UNWATCHED) {
                tags.forEach(one -> call(calls, one.waiters(), Ended.NOT_WATCHED));
                calls.addAll(waiters);
            }
            work.noReport();
        });
    }

    /** Stopped in the middle: whoever waits must not wait for ever, and what nobody took from us is done again. */
    void abandon(FeedWork stoppedWork) {
        switch (stoppedWork) {
            case Resolve resolve -> putBack(resolve, resolve.tries(), Instant.MIN);
            case FeedWork.Report report -> {}
            case FullScan stopped -> {
                locked(calls -> {
                    if (state == State.OPEN) {
                        scan.want();
                    }
                });
                putBack(stopped);
            }
        }
    }
}
