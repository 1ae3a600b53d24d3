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
    private boolean retired;
    private int faults;

    /** Equal looks that wait, with how often it was tried. */
    private record Waiting(
            TagCheck check, List<CompletableFuture<TagCheck.Ended>> done, int looks, Instant notBefore) {}

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
                settleScan(done);
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
                settleLook(check.done());
                return;
            }
            String key = check.purpose() + " " + check.tag();
            Waiting before = checks.get(key);
            List<CompletableFuture<TagCheck.Ended>> done = new ArrayList<>(before == null ? List.of() : before.done());
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
                    if (worker.memory().failure() == null) {
                        looksAreDue();
                    }
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
    private void abandon(Work work) {
        switch (work) {
            case Work.Look(Waiting waiting) -> waiting.done().forEach(this::settleLook);
            case Work.Report report -> {}
            case Work.FullScan(Urgency urgency, @Nullable Envelope<?> cause, List<CompletableFuture<Void>> done) ->
                done.forEach(this::settleScan);
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
        switch (worker.look(watched(), check.tag(), check.purpose(), check.cause())) {
            case FeedWorker.Checked.Done done -> complete(waiting);
            case FeedWorker.Checked.AskAgain(@Nullable Duration retryAfter) -> {
                int looks = waiting.looks() + 1;
                if (looks < MAX_LOOKS || check.purpose() == TagCheck.Purpose.ASKED) {
                    putBack(waiting, looks, clock.instant().plus(Backoff.delay(looks, retryAfter)));
                } else {
                    giveUp(waiting);
                }
            }
        }
    }

    /** What a webhook claims a full scan finds too; who follows a digest comes back by itself. */
    private void giveUp(Waiting waiting) {
        if (waiting.check().purpose() == TagCheck.Purpose.CLAIMED) {
            var unused = requestScan(waiting.check().cause()).thenRun(() -> complete(waiting));
        } else {
            complete(waiting);
        }
    }

    private static void complete(Waiting waiting) {
        waiting.done().forEach(d -> d.complete(TagCheck.Ended.DONE));
    }

    /** The registry is back: who was put off need not wait for the end of a delay. */
    private void looksAreDue() {
        lock.lock();
        try {
            checks.replaceAll((key, w) -> new Waiting(w.check(), w.done(), w.looks(), Instant.MIN));
        } finally {
            lock.unlock();
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
                    if (closing) {
                        done.forEach(this::settleScan);
                        return;
                    }
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
            List<CompletableFuture<TagCheck.Ended>> done = new ArrayList<>(waiting.done());
            if (closing) {
                done.forEach(this::settleLook);
                return;
            }
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
        end(false);
    }

    /** Nobody wants the feed any more: what waits is settled. */
    public void retire() {
        end(true);
    }

    private void end(boolean forGood) {
        lock.lock();
        try {
            closing = true;
            retired |= forGood;
            List<Waiting> looks = List.copyOf(checks.values());
            List<CompletableFuture<Void>> scans = List.copyOf(scanWaiters);
            checks.clear();
            scanWaiters.clear();
            changed.signal();
            thread.interrupt();
            looks.forEach(waiting -> waiting.done().forEach(this::settleLook));
            scans.forEach(this::settleScan);
        } finally {
            lock.unlock();
        }
    }

    private void settleLook(CompletableFuture<TagCheck.Ended> waiter) {
        boolean unused = hasRetired() ? waiter.complete(TagCheck.Ended.NOT_WATCHED) : waiter.cancel(false);
    }

    private void settleScan(CompletableFuture<Void> waiter) {
        boolean unused = hasRetired() ? waiter.complete(null) : waiter.cancel(false);
    }

    private boolean hasRetired() {
        lock.lock();
        try {
            return retired;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the lane's thread has ended; false when it takes longer. */
    public boolean ended(Duration limit) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(limit);
    }
}
