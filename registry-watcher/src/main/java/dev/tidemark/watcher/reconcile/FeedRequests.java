package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.TagCheck.Ended;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.reconcile.FeedWork.FullScan;
import dev.tidemark.watcher.reconcile.FeedWork.Resolve;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is requested of one feed, and what comes next: tags that webhooks name, then the scan that is wanted or due, then
 * the other tags, then a report. So neither a webhook nor a scan waits for ten thousand digests that somebody wants to
 * know. Equal requests coalesce. For any thread; who waits is called without the lock.
 */
final class FeedRequests {

    /** Tags that webhooks name and that wait: beyond it one list costs less than a request for each. */
    static final int MAX_CLAIMS = 1_000;

    /** Of each other kind; who requests them comes back later by itself. */
    static final int MAX_CHECKS = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<TagCheck.Purpose, Map<String, Resolve>> checks = new EnumMap<>(TagCheck.Purpose.class);
    private final List<Runnable> scanWaiters = new ArrayList<>();
    private Instant due = Instant.MAX;
    private boolean scanWanted;
    private @Nullable Envelope<?> scanCause;
    private @Nullable Instant reportDue;
    private State state = State.UNWATCHED;

    /** The log says that the feed is due at once: what webhooks name is finished when it is noted here. */
    private boolean owing;

    /** Something was finished in that way since the running scan began, so that it may be missing in its list. */
    private boolean owedMeanwhile;

    private enum State {
        OPEN,
        /** No resource names the feed. */
        UNWATCHED,
        /** The partition is somebody else's: who waits is not called, its new owner reads it again. */
        LOST
    }

    FeedRequests() {
        for (TagCheck.Purpose purpose : TagCheck.Purpose.values()) {
            checks.put(purpose, new LinkedHashMap<>());
        }
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

    private static void call(List<Runnable> calls, List<Consumer<Ended>> waiters, Ended how) {
        waiters.forEach(waiter -> calls.add(() -> waiter.accept(how)));
    }

    private Map<String, Resolve> like(TagCheck check) {
        return checks.getOrDefault(check.purpose(), Map.of());
    }

    /** Resources name the feed from now on. Nothing is due by itself before {@link #begin}. */
    void open() {
        locked(calls -> state = state == State.UNWATCHED ? State.OPEN : state);
    }

    /** @param wanted whether somebody waits for the first scan */
    void begin(Instant firstScan, boolean wanted) {
        locked(calls -> {
            if (state == State.OPEN) {
                due = firstScan;
                scanWanted |= wanted;
                reportDue = Instant.MIN;
            }
        });
    }

    void add(TagCheck check) {
        locked(calls -> {
            Resolve before = like(check).get(check.tag());
            boolean claim = check.purpose() == TagCheck.Purpose.CLAIMED;
            if (before == null && state == State.OPEN && like(check).size() >= (claim ? MAX_CLAIMS : MAX_CHECKS)) {
                if (claim) {
                    request(calls, check.cause(), () -> check.done().accept(Ended.DONE));
                } else {
                    call(calls, List.of(check.done()), Ended.TOO_MANY);
                }
                return;
            }
            List<Consumer<Ended>> waiters = new ArrayList<>(before == null ? List.of() : before.waiters());
            if (claim && owing && state == State.OPEN) {
                owedMeanwhile = true;
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
        scanWanted = state == State.OPEN;
        if (owing && scanWanted) {
            owedMeanwhile = true;
            calls.add(done);
            scanCause = scanCause == null ? cause : scanCause;
        } else {
            keep(calls, cause, List.of(done));
        }
    }

    private void keep(List<Runnable> calls, @Nullable Envelope<?> cause, List<Runnable> waiters) {
        switch (state) {
            case OPEN -> {
                scanWaiters.addAll(waiters);
                scanCause = scanCause == null ? cause : scanCause;
            }
            case UNWATCHED -> calls.addAll(waiters);
            case LOST -> {}
        }
    }

    /** Does not make the scan wanted: it is due when {@link #scanAt} says. */
    void putBack(FullScan scan) {
        locked(calls -> keep(calls, scan.cause(), scan.waiters()));
    }

    /** It failed; it waits together with those who have asked for it meanwhile. */
    void putBack(Resolve failed, int tries, Instant notBefore) {
        locked(calls -> {
            Resolve meanwhile = like(failed.check()).get(failed.check().tag());
            List<Consumer<Ended>> waiters = new ArrayList<>(failed.waiters());
            TagCheck check = failed.check();
            if (meanwhile != null) {
                waiters.addAll(meanwhile.waiters());
                check = meanwhile.check();
            }
            put(calls, new Resolve(check, waiters, tries, notBefore));
        });
    }

    private void put(List<Runnable> calls, Resolve resolve) {
        switch (state) {
            case OPEN -> like(resolve.check()).put(resolve.check().tag(), resolve);
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
            owing = true;
            owedMeanwhile = true;
            checks.getOrDefault(TagCheck.Purpose.CLAIMED, Map.of()).replaceAll((tag, claim) -> {
                call(calls, claim.waiters(), Ended.DONE);
                Instant later = claim.notBefore().isAfter(notBefore) ? claim.notBefore() : notBefore;
                return new Resolve(claim.check(), List.of(), claim.tries(), later);
            });
            calls.addAll(scanWaiters);
            scanWaiters.clear();
        });
    }

    void scanBegins() {
        locked(calls -> owedMeanwhile = false);
    }

    /** Whether something was released since the scan began; from now on nothing is before the next {@link #release}. */
    boolean owesAnotherScan() {
        lock.lock();
        try {
            owing = false;
            return owedMeanwhile;
        } finally {
            lock.unlock();
        }
    }

    /** The registry answers again: who was put off need not wait for the end of a delay. */
    void checksAreDue() {
        locked(calls ->
                checks.values().forEach(alike -> alike.replaceAll((tag, one) -> one.after(one.tries(), Instant.MIN))));
    }

    void scanAt(Instant time) {
        locked(calls -> due = time);
    }

    void scanNotAfter(Instant time) {
        locked(calls -> due = due.isAfter(time) ? time : due);
    }

    void reportNow() {
        locked(calls -> reportDue = Instant.MIN);
    }

    void reportAfter(Instant now, Duration pause) {
        locked(calls -> reportDue = reportDue == null ? now.plus(pause) : reportDue);
    }

    /** A tag that somebody waits for and that may be asked for now. */
    Optional<Resolve> takeAwaited(Instant now) {
        lock.lock();
        try {
            Resolve claimed = takeCheck(TagCheck.Purpose.CLAIMED, now);
            return Optional.ofNullable(claimed == null ? takeCheck(TagCheck.Purpose.ASKED, now) : claimed);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Resolve takeCheck(TagCheck.Purpose purpose, Instant now) {
        Map<String, Resolve> alike = checks.getOrDefault(purpose, Map.of());
        for (Resolve one : alike.values()) {
            if (!one.notBefore().isAfter(now)) {
                alike.remove(one.check().tag());
                return one;
            }
        }
        return null;
    }

    /** What is to be done now; empty when everything has time, or the feed is not ours. */
    Optional<FeedWork> take(Instant now) {
        lock.lock();
        try {
            return state == State.OPEN ? Optional.ofNullable(next(now)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable FeedWork next(Instant now) {
        Resolve claimed = takeCheck(TagCheck.Purpose.CLAIMED, now);
        if (claimed != null) {
            return claimed;
        }
        if (scanWanted || !due.isAfter(now)) {
            Urgency urgency = scanWanted || !scanWaiters.isEmpty() ? Urgency.AWAITED : Urgency.ROUTINE;
            FeedWork scan = new FullScan(urgency, scanCause, List.copyOf(scanWaiters));
            scanWaiters.clear();
            scanWanted = false;
            scanCause = null;
            reportDue = null;
            return scan;
        }
        for (TagCheck.Purpose purpose : List.of(TagCheck.Purpose.ASKED, TagCheck.Purpose.FOLLOWED)) {
            Resolve one = takeCheck(purpose, now);
            if (one != null) {
                return one;
            }
        }
        if (reportDue != null && !reportDue.isAfter(now)) {
            reportDue = null;
            return new FeedWork.Report();
        }
        return null;
    }

    /** When {@link #take} has something to do next. */
    Instant earliest() {
        lock.lock();
        try {
            if (scanWanted) {
                return Instant.MIN;
            }
            Instant earliest = reportDue != null && reportDue.isBefore(due) ? reportDue : due;
            for (Map<String, Resolve> alike : checks.values()) {
                for (Resolve one : alike.values()) {
                    earliest = one.notBefore().isBefore(earliest) ? one.notBefore() : earliest;
                }
            }
            return earliest;
        } finally {
            lock.unlock();
        }
    }

    /** How many tags wait, equal ones once. */
    int size() {
        lock.lock();
        try {
            return checks.values().stream().mapToInt(Map::size).sum();
        } finally {
            lock.unlock();
        }
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
            if (state == State.UNWATCHED) {
                checks.values()
                        .forEach(alike -> alike.values().forEach(one -> call(calls, one.waiters(), Ended.NOT_WATCHED)));
                calls.addAll(scanWaiters);
            }
            checks.values().forEach(Map::clear);
            scanWaiters.clear();
            scanWanted = false;
            scanCause = null;
            reportDue = null;
            due = Instant.MAX;
        });
    }

    /** Stopped in the middle: whoever waits must not wait for ever, and what nobody took from us is done again. */
    void abandon(FeedWork work) {
        switch (work) {
            case Resolve resolve -> putBack(resolve, resolve.tries(), Instant.MIN);
            case FeedWork.Report report -> {}
            case FullScan scan -> {
                locked(calls -> scanWanted = state == State.OPEN);
                putBack(scan);
            }
        }
    }
}
