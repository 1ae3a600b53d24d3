package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluator.domain.Declarations;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Target;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * What the log declares in one partition of {@code policy-declared}, and which targets have to be compared with it. Only
 * the log says so: what this replica writes counts when it comes back, and until then nothing more is compared.
 */
public final class DeclarationShard implements Shard {

    /** What was withdrawn may come back under another image soon after; previews of a week are fewer. */
    private static final int MOST_WITHDRAWN = 10_000;

    private final Epoch epoch;
    private final String cluster;
    private final EvaluatorWork work;
    private final Map<String, PolicyDeclared> declared = new HashMap<>();

    /** By key, records that hold what this build does not understand. */
    private final Map<String, Envelope<?>> newer = new HashMap<>();

    private final Map<String, Withdrawal> withdrawn = new LinkedHashMap<>();
    private final Map<Target, Set<String>> keys = new HashMap<>();
    private final Set<String> awaited = new HashSet<>();
    private final Set<Target> dirty = new HashSet<>();
    private final PendingMoves moves = new PendingMoves();
    private boolean allDirty;
    private long read = -1;
    private volatile boolean inStep;

    /**
     * What is to be compared.
     *
     * @param all whatever the log or the resources declare here, beside the targets
     */
    record Dirty(boolean all, Set<Target> targets) {}

    DeclarationShard(Epoch epoch, String cluster, EvaluatorWork work) {
        this.epoch = epoch;
        this.cluster = cluster;
        this.work = work;
    }

    Epoch epoch() {
        return epoch;
    }

    @Override
    public void load(LogRecord record) {
        var unused = read(record);
    }

    @Override
    public void activated() {
        markAll();
        work.due(epoch.partition());
    }

    @Override
    public void record(LogRecord record, Runnable done) {
        try {
            if (read(record)) {
                work.due(epoch.partition());
            }
        } finally {
            // what it means is in the log, and read again after a start
            done.run();
        }
    }

    /** Whether it is time to compare: everything that was written has come back, or somebody else has written. */
    private synchronized boolean read(LogRecord record) {
        if (record.offset() <= read) {
            return false;
        }
        read = record.offset();
        awaited.remove(record.key());
        if (record.envelope() == null || record.envelope().unread() == null) {
            newer.remove(record.key());
        } else {
            newer.put(record.key(), record.envelope());
        }
        if (record.envelope() == null) {
            tombstone(record);
        } else if (record.envelope().event() instanceof PolicyDeclared policy) {
            // clusters that share a log declare their own policies, each with its evaluator
            if (policy.target().cluster().equals(cluster)) {
                // an older one came late: it is the newest in the log, and readers still go by the higher sequence
                declared.merge(
                        record.key(),
                        policy,
                        (before, now) -> now.withSequence(Math.max(before.sequence(), now.sequence())));
                withdrawn.remove(record.key());
                keys.computeIfAbsent(policy.target(), target -> new TreeSet<>()).add(record.key());
                dirty.add(policy.target());
            }
        } else {
            throw new UndecodableException(record.envelope().type().wireName() + " declares no policy");
        }
        return awaited.isEmpty();
    }

    private void tombstone(LogRecord record) {
        declared.remove(record.key());
        // clusters that share a log withdraw their own policies
        target(record.key()).ifPresent(target -> {
            withdrawn.remove(record.key());
            withdrawn.put(record.key(), Withdrawal.of(record.headers()));
            keys.computeIfAbsent(target, one -> new TreeSet<>()).add(record.key());
            dirty.add(target);
            if (withdrawn.size() > MOST_WITHDRAWN) {
                forget(withdrawn.keySet().iterator().next());
            }
        });
    }

    private void forget(String key) {
        withdrawn.remove(key);
        target(key)
                .ifPresent(target -> keys.computeIfPresent(target, (one, all) -> {
                    all.remove(key);
                    return all.isEmpty() ? null : all;
                }));
    }

    private Optional<Target> target(String key) {
        return Keys.parseDeclared(key).map(Keys.Declared::target).filter(target -> target.cluster()
                .equals(cluster));
    }

    /** Written under its key it says what the log says there and this build does not understand. */
    synchronized Envelope<PolicyDeclared> keeping(Envelope<PolicyDeclared> declaration) {
        Envelope<?> before = newer.get(declaration.key());
        return before == null ? declaration : declaration.keeping(before);
    }

    /** Whether the log says, or said, something of a target here. */
    synchronized boolean knows(Target target) {
        return keys.containsKey(target);
    }

    /** All that it knows. */
    synchronized Set<Target> targets() {
        return Set.copyOf(keys.keySet());
    }

    /** What the log says of some targets. */
    synchronized Declarations.Logged logged(Collection<Target> targets) {
        Map<String, PolicyDeclared> declares = new TreeMap<>();
        Map<String, Withdrawal> withdrew = new TreeMap<>();
        targets.forEach(target -> keys.getOrDefault(target, Set.of()).forEach(key -> {
            PolicyDeclared policy = declared.get(key);
            Withdrawal why = withdrawn.get(key);
            if (policy != null) {
                declares.put(key, policy);
            }
            if (why != null) {
                withdrew.put(key, why);
            }
        }));
        return new Declarations.Logged(declares, withdrew);
    }

    /** These are to be compared. */
    synchronized void mark(Collection<Target> targets) {
        dirty.addAll(targets);
    }

    /** Everything is to be compared. */
    synchronized void markAll() {
        allDirty = true;
    }

    /** Takes what is to be compared now; who does not come to its end marks it again. */
    synchronized Dirty take(Instant now) {
        dirty.addAll(moves.due(now));
        Dirty taken = new Dirty(allDirty, Set.copyOf(dirty));
        allDirty = false;
        dirty.clear();
        return taken;
    }

    /**
     * What came of a comparison.
     *
     * @param early those of the targets that wait for somebody else to declare them
     */
    synchronized void compared(Set<Target> targets, Set<Target> early, Instant now) {
        moves.compared(targets, early, now);
    }

    /** When to compare what waits for somebody else. */
    synchronized Optional<Duration> nextMove(Instant now) {
        return moves.next(now);
    }

    /** These are written now. */
    synchronized void await(Collection<String> written) {
        awaited.addAll(written);
    }

    synchronized boolean isAwaiting() {
        return !awaited.isEmpty();
    }

    /** What was written may never come back: whether it is in the log is compared. */
    synchronized void awaitNothing() {
        awaited.forEach(key -> target(key).ifPresent(dirty::add));
        awaited.clear();
    }

    /** Whether the log once declared what the resources said. */
    boolean isInStep() {
        return inStep;
    }

    void inStep() {
        inStep = true;
    }

    @Override
    public CompletableFuture<Void> close() {
        return work.stop(epoch.partition());
    }

    @Override
    public void cancel() {
        work.cancel(epoch.partition());
    }
}
