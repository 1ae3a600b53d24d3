package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
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
 * What waits to be done for one feed, and what comes next: single tags first, then the scan that is wanted or due, then
 * a report. Equal questions coalesce. Whoever is told after the end is settled at once. For any thread.
 */
final class LaneAgenda {

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Waiting> checks = new LinkedHashMap<>();
    private final List<CompletableFuture<Void>> scanWaiters = new ArrayList<>();
    private Instant due;
    private boolean scanWanted;
    private @Nullable Envelope<?> scanCause;
    private @Nullable Instant reportDue = Instant.MIN;
    private End end = End.OPEN;

    private enum End {
        OPEN,
        /** The partition is somebody else's: the log asks its new owner for what waits. */
        LOST,
        /** Nobody wants the feed any more. */
        RETIRED
    }

    /** Equal looks that wait, with how often it was tried. */
    record Waiting(TagCheck check, List<CompletableFuture<TagCheck.Ended>> done, int looks, Instant notBefore) {

        private String key() {
            return LaneAgenda.key(check);
        }

        private Waiting after(int tried, Instant time) {
            return new Waiting(check, done, tried, time);
        }
    }

    /** One piece of work. */
    sealed interface Work {
        record Look(Waiting waiting) implements Work {}

        record Report() implements Work {}

        record FullScan(Urgency urgency, @Nullable Envelope<?> cause, List<CompletableFuture<Void>> done)
                implements Work {}
    }

    /** @param due when to scan first, unless something is asked for before */
    LaneAgenda(Clock clock, Instant due) {
        this.clock = clock;
        this.due = due;
    }

    private static String key(TagCheck check) {
        return check.purpose() + " " + check.tag();
    }

    void add(TagCheck check) {
        locked(() -> {
            Waiting before = checks.get(key(check));
            List<CompletableFuture<TagCheck.Ended>> done = new ArrayList<>(before == null ? List.of() : before.done());
            done.add(check.done());
            put(new Waiting(before == null ? check : before.check(), done, 0, Instant.MIN));
        });
    }

    void addScan(@Nullable Envelope<?> cause, CompletableFuture<Void> done) {
        locked(() -> {
            scanWanted = true;
            putBack(new Work.FullScan(Urgency.AWAITED, cause, List.of(done)));
        });
    }

    /** Does not make the scan wanted: it is due when {@link #scanAt} says. */
    void putBack(Work.FullScan scan) {
        locked(() -> {
            if (end == End.OPEN) {
                scanWaiters.addAll(scan.done());
                scanCause = scanCause == null ? scan.cause() : scanCause;
            } else {
                scan.done().forEach(this::settleScan);
            }
        });
    }

    /** The look failed; it waits together with those who have asked for it meanwhile. */
    void putBack(Waiting waiting, int looks, Instant notBefore) {
        locked(() -> {
            Waiting newer = checks.get(waiting.key());
            List<CompletableFuture<TagCheck.Ended>> done = new ArrayList<>(waiting.done());
            if (newer != null) {
                done.addAll(newer.done());
            }
            put(new Waiting(waiting.check(), done, looks, notBefore));
        });
    }

    private void put(Waiting waiting) {
        if (end == End.OPEN) {
            checks.put(waiting.key(), waiting);
        } else {
            waiting.done().forEach(this::settleLook);
        }
    }

    /** The registry answers again: who was put off need not wait for the end of a delay. */
    void looksAreDue() {
        locked(() -> checks.replaceAll((key, waiting) -> waiting.after(waiting.looks(), Instant.MIN)));
    }

    void scanAt(Instant time) {
        locked(() -> due = time);
    }

    void scanNotAfter(Instant time) {
        locked(() -> due = due.isAfter(time) ? time : due);
    }

    void reportNow() {
        locked(() -> reportDue = Instant.MIN);
    }

    void reportAfter(Duration pause) {
        locked(() -> reportDue = reportDue == null ? clock.instant().plus(pause) : reportDue);
    }

    /** A look that waits and may begin; null when there is none. */
    Work.@Nullable Look takeLook() {
        lock.lock();
        try {
            Instant now = clock.instant();
            for (Waiting waiting : checks.values()) {
                if (!waiting.notBefore().isAfter(now)) {
                    checks.remove(waiting.key());
                    return new Work.Look(waiting);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what is to be done next; null when the end has come. */
    @Nullable
    Work take() throws InterruptedException {
        lock.lock();
        try {
            while (end == End.OPEN) {
                Work next = takeNow(clock.instant());
                if (next != null) {
                    return next;
                }
                long millis = Math.max(
                        1, Duration.between(clock.instant(), earliest()).toMillis());
                boolean unused = changed.await(millis, TimeUnit.MILLISECONDS);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Work takeNow(Instant now) {
        Work.Look look = takeLook();
        if (look != null) {
            return look;
        }
        if (scanWanted || !due.isAfter(now)) {
            Urgency urgency = scanWanted ? Urgency.AWAITED : Urgency.ROUTINE;
            Work scan = new Work.FullScan(urgency, scanCause, List.copyOf(scanWaiters));
            scanWaiters.clear();
            scanWanted = false;
            scanCause = null;
            reportDue = null;
            return scan;
        }
        if (reportDue != null && !reportDue.isAfter(now)) {
            reportDue = null;
            return new Work.Report();
        }
        return null;
    }

    private Instant earliest() {
        Instant earliest = reportDue != null && reportDue.isBefore(due) ? reportDue : due;
        for (Waiting waiting : checks.values()) {
            if (waiting.notBefore().isBefore(earliest)) {
                earliest = waiting.notBefore();
            }
        }
        return earliest;
    }

    /** The partition is lost: what waits is cancelled. */
    void close() {
        end(End.LOST);
    }

    /** Nobody wants the feed any more: what waits is settled. */
    void retire() {
        end(End.RETIRED);
    }

    private void end(End how) {
        locked(() -> {
            end = end == End.OPEN ? how : end;
            checks.values().forEach(waiting -> waiting.done().forEach(this::settleLook));
            checks.clear();
            scanWaiters.forEach(this::settleScan);
            scanWaiters.clear();
        });
    }

    /** Stopped in the middle: whoever waits must not wait for ever. */
    void abandon(Work work) {
        locked(() -> {
            switch (work) {
                case Work.Look(Waiting waiting) -> waiting.done().forEach(this::settleLook);
                case Work.Report report -> {}
                case Work.FullScan scan -> scan.done().forEach(this::settleScan);
            }
        });
    }

    private void settleLook(CompletableFuture<TagCheck.Ended> waiter) {
        boolean unused = end == End.RETIRED ? waiter.complete(TagCheck.Ended.NOT_WATCHED) : waiter.cancel(false);
    }

    private void settleScan(CompletableFuture<Void> waiter) {
        boolean unused = end == End.RETIRED ? waiter.complete(null) : waiter.cancel(false);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
