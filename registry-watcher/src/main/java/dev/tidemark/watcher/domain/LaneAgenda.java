package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be done for one feed, and what comes next: tags that webhooks name, then the scan that is wanted or due,
 * then the other tags, then a report. So neither a webhook nor a scan waits for ten thousand digests that somebody wants
 * to know. Equal questions coalesce. Whoever is told after the end is settled at once. For any thread.
 */
final class LaneAgenda {

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<TagCheck.Purpose, Map<String, Waiting>> checks = new EnumMap<>(TagCheck.Purpose.class);
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
        for (TagCheck.Purpose purpose : TagCheck.Purpose.values()) {
            checks.put(purpose, new LinkedHashMap<>());
        }
    }

    private Map<String, Waiting> like(TagCheck check) {
        return checks.getOrDefault(check.purpose(), Map.of());
    }

    void add(TagCheck check) {
        locked(() -> {
            Waiting before = like(check).get(check.tag());
            List<CompletableFuture<TagCheck.Ended>> done = new ArrayList<>(before == null ? List.of() : before.done());
            done.add(check.done());
            put(new Waiting(before == null ? check : newer(before.check(), check), done, 0, Instant.MIN));
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

    /**
     * Which of two that share one look stands for both: what was told of before the tag was found needs no scan, what was
     * told later does. A webhook that is read again after a restart must not speak for a new one.
     */
    private static TagCheck newer(TagCheck one, TagCheck other) {
        return other.cause().time().isAfter(one.cause().time()) ? other : one;
    }

    /** The look failed; it waits together with those who have asked for it meanwhile. */
    void putBack(Waiting waiting, int looks, Instant notBefore) {
        locked(() -> {
            Waiting meanwhile = like(waiting.check()).get(waiting.check().tag());
            List<CompletableFuture<TagCheck.Ended>> done = new ArrayList<>(waiting.done());
            TagCheck check = waiting.check();
            if (meanwhile != null) {
                done.addAll(meanwhile.done());
                check = newer(check, meanwhile.check());
            }
            put(new Waiting(check, done, looks, notBefore));
        });
    }

    private void put(Waiting waiting) {
        if (end == End.OPEN) {
            like(waiting.check()).put(waiting.check().tag(), waiting);
        } else {
            waiting.done().forEach(this::settleLook);
        }
    }

    /** The registry answers again: who was put off need not wait for the end of a delay. */
    void looksAreDue() {
        locked(() -> checks.values()
                .forEach(alike -> alike.replaceAll((tag, waiting) -> waiting.after(waiting.looks(), Instant.MIN))));
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

    /** A look that somebody waits for and that may begin; null when there is none. */
    Work.@Nullable Look takeAwaitedLook() {
        lock.lock();
        try {
            Work.Look claimed = takeLook(TagCheck.Purpose.CLAIMED, clock.instant());
            return claimed == null ? takeLook(TagCheck.Purpose.ASKED, clock.instant()) : claimed;
        } finally {
            lock.unlock();
        }
    }

    private Work.@Nullable Look takeLook(TagCheck.Purpose purpose, Instant now) {
        Map<String, Waiting> alike = checks.getOrDefault(purpose, Map.of());
        for (Waiting waiting : alike.values()) {
            if (!waiting.notBefore().isAfter(now)) {
                alike.remove(waiting.check().tag());
                return new Work.Look(waiting);
            }
        }
        return null;
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
        Work.Look claimed = takeLook(TagCheck.Purpose.CLAIMED, now);
        if (claimed != null) {
            return claimed;
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
        for (TagCheck.Purpose purpose : List.of(TagCheck.Purpose.ASKED, TagCheck.Purpose.FOLLOWED)) {
            Work.Look look = takeLook(purpose, now);
            if (look != null) {
                return look;
            }
        }
        if (reportDue != null && !reportDue.isAfter(now)) {
            reportDue = null;
            return new Work.Report();
        }
        return null;
    }

    private Instant earliest() {
        Instant earliest = reportDue != null && reportDue.isBefore(due) ? reportDue : due;
        for (Map<String, Waiting> alike : checks.values()) {
            for (Waiting waiting : alike.values()) {
                if (waiting.notBefore().isBefore(earliest)) {
                    earliest = waiting.notBefore();
                }
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
            checks.values().forEach(alike -> {
                alike.values().forEach(waiting -> waiting.done().forEach(this::settleLook));
                alike.clear();
            });
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
