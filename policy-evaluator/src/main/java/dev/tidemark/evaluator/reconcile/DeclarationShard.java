package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluator.domain.Declarations;
import dev.tidemark.evaluator.domain.Withdrawal;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Keys;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Shard;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What the log declares in one partition of {@code policy-declared}. Only the log says so: what this replica writes counts
 * when it comes back, and until then nothing more is compared.
 */
public final class DeclarationShard implements Shard {

    /** Somebody else declares in a tenth of a second what moves to him; who is away for long costs little. */
    static final Duration FIRST_LOOK = Duration.ofMillis(500);

    private static final int MOST_DOUBLINGS = 6;

    /** What was withdrawn may come back under another image soon after; previews of a week are fewer. */
    private static final int MOST_WITHDRAWN = 10_000;

    private final Epoch epoch;
    private final String cluster;
    private final EvaluatorWork work;
    private final Map<String, PolicyDeclared> declared = new TreeMap<>();
    private final Map<String, Withdrawal> withdrawn = new LinkedHashMap<>();
    private final Set<String> awaited = new HashSet<>();
    private long read = -1;
    private int early;
    private volatile boolean inStep;

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
        if (record.envelope() == null) {
            declared.remove(record.key());
            // clusters that share a log withdraw their own policies
            if (isOurs(record.key())) {
                withdrawn.remove(record.key());
                withdrawn.put(record.key(), Withdrawal.of(record.headers()));
                if (withdrawn.size() > MOST_WITHDRAWN) {
                    withdrawn.remove(withdrawn.keySet().iterator().next());
                }
            }
        } else if (record.envelope().event() instanceof PolicyDeclared policy) {
            // clusters that share a log declare their own policies, each with its evaluator
            if (policy.target().cluster().equals(cluster)) {
                // an older one came late: it is the newest in the log, and readers still go by the higher sequence
                declared.merge(
                        record.key(),
                        policy,
                        (before, now) -> now.withSequence(Math.max(before.sequence(), now.sequence())));
                withdrawn.remove(record.key());
                early = 0;
            }
        } else {
            throw new UndecodableException(record.envelope().type().wireName() + " declares no policy");
        }
        return awaited.isEmpty();
    }

    private boolean isOurs(String key) {
        return Keys.parseDeclared(key)
                .filter(one -> one.target().cluster().equals(cluster))
                .isPresent();
    }

    synchronized Declarations.Logged logged() {
        return new Declarations.Logged(Map.copyOf(declared), Map.copyOf(withdrawn));
    }

    synchronized Declarations.Losses losses(Declarations.Wanted wanted) {
        return Declarations.Losses.of(declared, wanted);
    }

    /** Nothing waits for somebody else: the next time is the first again. */
    synchronized void nothingIsEarly() {
        early = 0;
    }

    /** Where a target is to go it is not declared yet, by somebody else. @return when to compare again */
    synchronized Duration early() {
        Duration again = FIRST_LOOK.multipliedBy(1L << early);
        early = Math.min(early + 1, MOST_DOUBLINGS);
        return again;
    }

    /** These are written now. */
    synchronized void await(Collection<String> keys) {
        awaited.addAll(keys);
    }

    synchronized boolean isAwaiting() {
        return !awaited.isEmpty();
    }

    /** What was written may never come back: whether it is in the log will be seen. */
    synchronized void awaitNothing() {
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
