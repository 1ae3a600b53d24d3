package dev.tidemark.runtime.reconcile;

import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.runtime.time.WorkQueue;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Runs a reconciler over keys: never two runs of one key at once, what is asked during a run leads to one more run, urgent
 * keys before routine ones, at most so many runs at the same time, each on a virtual thread. Whatever a run throws is an
 * outcome of that key alone: it is told and tried again, later with each failure in a row.
 *
 * <p>Keys are what exists (feeds, branches, sets). The queue holds one entry for each key that was submitted and not
 * {@linkplain #stop stopped}, so {@code maxKeys} is its bound.
 */
public final class ReconcileLoop<K> implements WorkQueue, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ReconcileLoop.class.getName());

    private final Settings settings;
    private final Reconciler<K> reconciler;
    private final Scheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Entry<K>> entries = new HashMap<>();
    private final PriorityQueue<Entry.Ticket<K>> ready =
            new PriorityQueue<>(Comparator.<Entry.Ticket<K>, Priority>comparing(Entry.Ticket::priority)
                    .thenComparing(Entry.Ticket::number));
    private long tickets;
    private int running;
    private boolean closed;

    /**
     * @param name what the keys are, for threads and messages, for example {@code branch}
     * @param maxKeys how many keys there may be; more are refused
     * @param parallel how many runs there may be at the same time
     * @param backoff how long to wait after failures
     */
    public record Settings(String name, int maxKeys, int parallel, Backoff backoff) {}

    public ReconcileLoop(Settings settings, Reconciler<K> reconciler, Scheduler scheduler) {
        this.settings = settings;
        this.reconciler = reconciler;
        this.scheduler = scheduler;
        scheduler.serves(this);
    }

    /**
     * Asks for a run that begins after this call. Returns at once; does nothing when the loop is closed.
     *
     * @throws IllegalStateException when there are {@code maxKeys} already: the key is not noted
     */
    public void submit(K key, Priority priority) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Entry<K> entry = entries.get(key);
            if (entry == null) {
                if (entries.size() >= settings.maxKeys()) {
                    throw new IllegalStateException("there are " + settings.maxKeys() + " of " + settings.name()
                            + " already, which is the limit: " + key + " is not served");
                }
                entry = new Entry<>(key);
                entries.put(key, entry);
            }
            entry.asked.add(priority);
            if (entry.work == null) {
                enqueue(entry, priority);
                startSome();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets keys: none of them begins a run any more; a run that is under way comes to its end, and is waited for should
     * its key be submitted again.
     *
     * @return completed when those runs have ended
     */
    public CompletableFuture<Void> stop(Predicate<K> which) {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        lock.lock();
        try {
            List.copyOf(entries.values()).stream()
                    .filter(entry -> which.test(entry.key))
                    .forEach(entry -> ends.add(stop(entry)));
        } finally {
            lock.unlock();
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }

    /** The same for one key; costs the same however many there are. */
    public CompletableFuture<Void> stopOne(K key) {
        lock.lock();
        try {
            Entry<K> entry = entries.get(key);
            return entry == null ? CompletableFuture.completedFuture(null) : stop(entry);
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<Void> stop(Entry<K> entry) {
        cancelTurn(entry);
        entry.asked.clear();
        entry.stopped = true;
        if (entry.work == null) {
            entries.remove(entry.key);
            return CompletableFuture.completedFuture(null);
        }
        return entry.work.ended();
    }

    /** Interrupts runs of keys that were stopped and have not ended. */
    public void cancel(Predicate<K> which) {
        lock.lock();
        try {
            entries.values().stream().filter(entry -> which.test(entry.key)).forEach(this::cancel);
        } finally {
            lock.unlock();
        }
    }

    /** The same for one key; costs the same however many there are. */
    public void cancelOne(K key) {
        lock.lock();
        try {
            Entry<K> entry = entries.get(key);
            if (entry != null) {
                cancel(entry);
            }
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Entry<K> entry) {
        Scheduler.Work work = entry.work;
        if (work != null && entry.stopped) {
            work.interrupt();
        }
    }

    /** Whether every key had a run to its end, well or not, or is at one that takes long. */
    public boolean settled() {
        lock.lock();
        try {
            // one that was stopped and submitted again during its last run has had none yet
            Instant now = scheduler.now();
            return entries.values().stream()
                    .allMatch(entry -> entry.stopped ? entry.asked.isEmpty() : entry.isSettled(now));
        } finally {
            lock.unlock();
        }
    }

    /** How many keys there are. */
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public int waiting() {
        lock.lock();
        try {
            return ready.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Instant> oldest() {
        lock.lock();
        try {
            return ready.stream().map(Entry.Ticket::since).min(Comparator.naturalOrder());
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(Entry<K> entry, Priority priority) {
        Entry.Ticket<K> before = entry.ticket;
        if (before == null || priority.compareTo(before.priority()) < 0) {
            Instant since = before == null ? scheduler.now() : before.since();
            cancelTurn(entry);
            entry.ticket = new Entry.Ticket<>(entry, priority, tickets++, since);
            ready.add(entry.ticket);
        }
    }

    private void cancelTurn(Entry<K> entry) {
        if (entry.ticket != null) {
            ready.remove(entry.ticket);
            entry.ticket = null;
        }
        if (entry.timer != null) {
            entry.timer.cancel();
            entry.timer = null;
        }
    }

    private void timeHasCome(Entry<K> entry) {
        lock.lock();
        try {
            if (!closed && !entry.stopped && entry.work == null) {
                enqueue(entry, Priority.ROUTINE);
                startSome();
            }
        } finally {
            lock.unlock();
        }
    }

    private void startSome() {
        while (running < settings.parallel() && !ready.isEmpty()) {
            Entry<K> entry = ready.remove().entry();
            entry.ticket = null;
            entry.begins(scheduler.now());
            running++;
            entry.work = scheduler.start(settings.name() + ' ' + entry.key, () -> run(entry));
        }
    }

    private void run(Entry<K> entry) {
        Run run = begin(entry);
        ReconcileResult result = new ReconcileResult.AwaitChange();
        try {
            result = RunTime.begun(scheduler.now()).call(() -> reconciler.reconcile(entry.key, run));
        } catch (InterruptedException cancelled) {
            result = new ReconcileResult.Retry();
        } catch (RuntimeException | Error fault) {
            Faults.rethrowFatal(fault);
            result = new ReconcileResult.Retry();
            tell(entry, fault, run);
        } finally {
            end(entry, run, result);
        }
    }

    private Run begin(Entry<K> entry) {
        lock.lock();
        try {
            Set<Priority> asked = Set.copyOf(entry.asked);
            entry.asked.clear();
            Duration wait = settings.backoff().after(entry.failures + 1);
            return new Run(asked, entry.failures, wait, scheduler.clock());
        } finally {
            lock.unlock();
        }
    }

    private void tell(Entry<K> entry, Throwable fault, Run run) {
        if (stopped(entry)) {
            return;
        }
        try {
            reconciler.failed(entry.key, fault, run);
        } catch (RuntimeException | Error untold) {
            Faults.rethrowFatal(untold);
            LOG.log(Level.WARNING, settings.name() + " " + entry.key + ": its failure could not be told", untold);
        }
    }

    private boolean stopped(Entry<K> entry) {
        lock.lock();
        try {
            return entry.stopped;
        } finally {
            lock.unlock();
        }
    }

    private void end(Entry<K> entry, Run run, ReconcileResult result) {
        lock.lock();
        try {
            running--;
            entry.work = null;
            entry.ended(scheduler.now());
            if (closed) {
                return;
            }
            if (entry.stopped) {
                restart(entry);
            } else {
                follow(entry, run, result);
            }
            startSome();
        } finally {
            lock.unlock();
        }
    }

    /** The key was stopped during the run, and perhaps submitted again since: that is a new key. */
    private void restart(Entry<K> entry) {
        entries.remove(entry.key);
        if (!entry.asked.isEmpty()) {
            Entry<K> anew = new Entry<>(entry.key);
            anew.asked.addAll(entry.asked);
            entries.put(anew.key, anew);
            enqueue(anew, anew.asksFor());
        }
    }

    private void follow(Entry<K> entry, Run run, ReconcileResult result) {
        entry.failures = failures(entry.failures, result);
        if (!entry.asked.isEmpty()) {
            enqueue(entry, entry.asksFor());
            return;
        }
        switch (result) {
            case ReconcileResult.Done(Duration interval) -> due(entry, interval);
            case ReconcileResult.RequeueAfter(Duration delay) -> due(entry, delay);
            case ReconcileResult.Retry retry -> due(entry, run.pause());
            case ReconcileResult.AwaitChange awaitChange -> {}
            case ReconcileResult.Gone gone -> entries.remove(entry.key);
        }
    }

    private static int failures(int before, ReconcileResult result) {
        return switch (result) {
            case ReconcileResult.Retry retry -> before + 1;
            case ReconcileResult.RequeueAfter unfinished -> before;
            case ReconcileResult.Done done -> 0;
            case ReconcileResult.AwaitChange awaitChange -> 0;
            case ReconcileResult.Gone gone -> 0;
        };
    }

    private void due(Entry<K> entry, Duration delay) {
        entry.timer = scheduler.after(delay, () -> timeHasCome(entry));
    }

    /** No run begins any more; those that are under way come to their end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            entries.values().forEach(this::cancelTurn);
        } finally {
            lock.unlock();
        }
    }
}
