package dev.tidemark.evaluator.reconcile;

import dev.tidemark.evaluator.domain.Declarations;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.LogRecord;
import dev.tidemark.runtime.partition.Shard;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What the log declares in one partition of {@code policy-declared}. Only the log says so: what this replica writes counts
 * when it comes back, and until then nothing more is compared.
 */
public final class DeclarationShard implements Shard {

    private final Epoch epoch;
    private final String cluster;
    private final EvaluatorWork work;
    private final Map<String, PolicyDeclared> logged = new TreeMap<>();
    private final Set<String> awaited = new HashSet<>();
    private long read = -1;
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
            logged.remove(record.key());
        } else if (record.envelope().event() instanceof PolicyDeclared policy) {
            // clusters that share a log declare their own policies, each with its evaluator
            if (policy.target().cluster().equals(cluster)) {
                // an older one came late: it is the newest in the log, and readers still go by the higher sequence
                logged.merge(
                        record.key(),
                        policy,
                        (before, now) -> now.withSequence(Math.max(before.sequence(), now.sequence())));
            }
        } else {
            throw new UndecodableException(record.envelope().type().wireName() + " declares no policy");
        }
        return awaited.isEmpty();
    }

    synchronized Map<String, PolicyDeclared> logged() {
        return Map.copyOf(logged);
    }

    synchronized Declarations.Losses losses(Declarations.Wanted wanted) {
        return Declarations.Losses.of(logged, wanted);
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
