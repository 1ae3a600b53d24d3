package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does all work on one feed, one thing after the other, on a virtual thread of its own: what is asked for one tag first,
 * then the scan that is wanted or due. Equal questions coalesce.
 */
public final class Lane implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    /** Looks at one tag before a full scan takes over. */
    private static final int MAX_LOOKS = 5;

    private final FeedWorker worker;
    private final Clock clock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Waiting> checks = new LinkedHashMap<>();
    private final List<CompletableFuture<Void>> scanWaiters = new ArrayList<>();
    private WatchedFeed watched;
    private Instant due;
    private boolean scanWanted;
    private @Nullable Envelope<?> scanCause;
    private boolean reportWanted = true;
    private boolean closing;
    private int faults;

    /** Equal looks that wait, with how often it was tried. */
    private record Waiting(TagCheck check, List<CompletableFuture<Void>> done, int looks, Instant notBefore) {}

    private sealed interface Work {
        record Look(Waiting waiting) implements Work {}

        record Report() implements Work {}

        record FullScan(Urgency urgency, @Nullable Envelope<?> cause, List<CompletableFuture<Void>> done)
                implements Work {}
    }

    /** @param due when to scan first, unless something is asked for before */
    public Lane(WatchedFeed watched, FeedWorker worker, Clock clock, Instant due) {
        this.watched = watched;
        this.worker = worker;
        this.clock = clock;
        this.due = due;
        this.thread = Thread.ofVirtual().name("lane-" + watched.feed()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public WatchedFeed watched() {
        lock.lock();
        try {
            return watched;
        } finally {
            lock.unlock();
        }
    }

    /** The resources have changed; a shorter interval takes effect at once. */
    public void update(WatchedFeed newest) {
        lock.lock();
        try {
            watched = newest;
            reportWanted = true;
            Instant latest = clock.instant().plus(newest.interval());
            if (due.isAfter(latest)) {
                due = latest;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Asks for a full scan now; completed when one that began after this call has ended. */
    public CompletableFuture<Void> requestScan(@Nullable Envelope<?> cause) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lock.lock();
        try {
            if (closing) {
                done.cancel(false);
            } else {
                scanWanted = true;
                scanCause = scanCause == null ? cause : scanCause;
                scanWaiters.add(done);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        return done;
    }

    /** Asks for a look at one tag. */
    public void request(TagCheck check) {
        lock.lock();
        try {
            if (closing) {
                check.done().cancel(false);
                return;
            }
            String key = check.purpose() + " " + check.tag();
            Waiting before = checks.get(key);
            List<CompletableFuture<Void>> done = new ArrayList<>(before == null ? List.of() : before.done());
            done.add(check.done());
            checks.put(key, new Waiting(before == null ? check : before.check(), done, 0, Instant.MIN));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                Work work = next(true);
                if (work == null) {
                    return;
                }
                perform(work);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(Work work) {
        try {
            switch (work) {
                case Work.Look(Waiting waiting) -> look(waiting);
                case Work.Report report -> worker.report(watched());
                case Work.FullScan(
                        Urgency urgency,
                        @Nullable Envelope<?> cause,
                        List<CompletableFuture<Void>> done) -> {
                    worker.scan(watched(), urgency, cause, this::urgentWork);
                    settle(worker.memory().nextDue());
                    done.forEach(d -> d.complete(null));
                }
            }
            faults = 0;
        } catch (RuntimeException fault) {
            // The lane must outlive a broker that is away: what failed waits, and is done again.
            if (Thread.currentThread().isInterrupted()) {
                abandon(work);
                return;
            }
            faults++;
            LOG.log(Level.WARNING, watched().feed() + ": will be tried again: " + fault.getMessage());
            again(work, clock.instant().plus(Backoff.delay(faults, null)));
        }
    }

    /** Closed in the middle: whoever waits must not wait for ever. */
    private static void abandon(Work work) {
        switch (work) {
            case Work.Look(Waiting waiting) -> waiting.done().forEach(d -> d.cancel(false));
            case Work.Report report -> {}
            case Work.FullScan(Urgency urgency, @Nullable Envelope<?> cause, List<CompletableFuture<Void>> done) ->
                done.forEach(d -> d.cancel(false));
        }
    }

    /** Between two pages of a scan: single tags do not wait for a long list. */
    private void urgentWork() {
        try {
            while (next(false) instanceof Work.Look look) {
                perform(look);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Waiting waiting) {
        TagCheck check = waiting.check();
        FeedWorker.Checked checked =
                switch (check.purpose()) {
                    case CLAIMED -> worker.checkClaimed(watched(), check.tag(), check.cause());
                    case CONFIRM_GONE -> worker.confirmGone(watched(), check.tag(), check.cause());
                };
        switch (checked) {
            case FeedWorker.Checked.Done done -> waiting.done().forEach(d -> d.complete(null));
            case FeedWorker.Checked.AskAgain(@Nullable Duration retryAfter) -> {
                int looks = waiting.looks() + 1;
                if (looks < MAX_LOOKS) {
                    putBack(waiting, looks, clock.instant().plus(Backoff.delay(looks, retryAfter)));
                } else {
                    List<CompletableFuture<Void>> done = waiting.done();
                    var unused = requestScan(check.cause()).thenRun(() -> done.forEach(d -> d.complete(null)));
                }
            }
        }
    }

    private void again(Work work, Instant notBefore) {
        switch (work) {
            case Work.Look(Waiting waiting) -> putBack(waiting, waiting.looks(), notBefore);
            case Work.Report report -> {}
            case Work.FullScan(Urgency urgency, @Nullable Envelope<?> cause, List<CompletableFuture<Void>> done) -> {
                settle(notBefore);
                lock.lock();
                try {
                    scanWaiters.addAll(done);
                    scanCause = scanCause == null ? cause : scanCause;
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private void putBack(Waiting waiting, int looks, Instant notBefore) {
        lock.lock();
        try {
            String key = waiting.check().purpose() + " " + waiting.check().tag();
            Waiting newer = checks.get(key);
            List<CompletableFuture<Void>> done = new ArrayList<>(waiting.done());
            if (newer != null) {
                done.addAll(newer.done());
            }
            checks.put(key, new Waiting(waiting.check(), done, looks, notBefore));
        } finally {
            lock.unlock();
        }
    }

    private void settle(@Nullable Instant next) {
        lock.lock();
        try {
            due = next == null ? clock.instant().plus(watched.interval()) : next;
        } finally {
            lock.unlock();
        }
    }

    /** What to do next; null when the lane closes, or when nothing urgent waits and only that was asked for. */
    private @Nullable Work next(boolean wait) throws InterruptedException {
        lock.lock();
        try {
            while (!closing) {
                Instant now = clock.instant();
                for (Waiting waiting : checks.values()) {
                    if (!waiting.notBefore().isAfter(now)) {
                        checks.remove(waiting.check().purpose() + " "
                                + waiting.check().tag());
                        return new Work.Look(waiting);
                    }
                }
                if (!wait) {
                    return null;
                }
                if (scanWanted || !due.isAfter(now)) {
                    Urgency urgency = scanWanted ? Urgency.AWAITED : Urgency.ROUTINE;
                    List<CompletableFuture<Void>> done = List.copyOf(scanWaiters);
                    scanWaiters.clear();
                    scanWanted = false;
                    Envelope<?> cause = scanCause;
                    scanCause = null;
                    reportWanted = false;
                    return new Work.FullScan(urgency, cause, done);
                }
                if (reportWanted) {
                    reportWanted = false;
                    return new Work.Report();
                }
                long millis = Math.max(1, Duration.between(now, earliest()).toMillis());
                boolean woken = changed.await(millis, TimeUnit.MILLISECONDS);
                LOG.log(Level.TRACE, () -> watched.feed() + (woken ? ": asked" : ": due"));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private Instant earliest() {
        Instant earliest = due;
        for (Waiting waiting : checks.values()) {
            if (waiting.notBefore().isBefore(earliest)) {
                earliest = waiting.notBefore();
            }
        }
        return earliest;
    }

    /** The partition is somebody else's now: what waits is cancelled, the log asks its new owner for it. */
    @Override
    public void close() {
        end(waiter -> waiter.cancel(false));
    }

    /** Nobody wants the feed any more: what waits is settled. */
    public void retire() {
        end(waiter -> waiter.complete(null));
    }

    private void end(Consumer<CompletableFuture<Void>> settle) {
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        lock.lock();
        try {
            closing = true;
            checks.values().forEach(w -> waiting.addAll(w.done()));
            checks.clear();
            waiting.addAll(scanWaiters);
            scanWaiters.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        waiting.forEach(settle);
    }

    /** Waits until the lane's thread has ended; false when it takes longer. */
    public boolean ended(Duration limit) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(limit);
    }
}
