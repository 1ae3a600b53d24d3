package dev.tidemark.evaluator.reconcile;

import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Target;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Shard;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One partition of {@code policy-decided}: who owns it writes the status of the policies whose decisions are in it. A
 * decision is finished when a status shows it, so that one which was not shown is read again after a start.
 */
public final class StatusShard implements Shard {

    /** A status that cannot be written for so long must not keep others from being read; it is tried on. */
    static final Duration LONGEST_UNFINISHED = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(StatusShard.class.getName());

    private final Epoch epoch;
    private final String cluster;
    private final EvaluatorWork work;
    private final Scheduler scheduler;

    StatusShard(Epoch epoch, String cluster, EvaluatorWork work, Scheduler scheduler) {
        this.epoch = epoch;
        this.cluster = cluster;
        this.work = work;
        this.scheduler = scheduler;
    }

    Epoch epoch() {
        return epoch;
    }

    /** Nothing is loaded: what was decided before is shown already, or is read from where it was not. */
    @Override
    public void load(LogRecord record) {}

    @Override
    public void activated() {
        work.takeOver(epoch.partition());
    }

    /**
     * One of another cluster is not ours to show, nor is one of a provider, which may have a policy's name: whoever serves
     * providers shows it. What only a newer evaluator can come to is not shown: the status stays as it is.
     */
    @Override
    public void record(LogRecord record, Runnable done) {
        if (record.envelope() == null) {
            done.run();
            return;
        }
        if (!(record.envelope().event() instanceof PolicyDecided decided)) {
            throw new UndecodableException(record.envelope().type().wireName() + " is no decision");
        }
        Target target = decided.target();
        warn(decided);
        if (!target.cluster().equals(cluster)
                || !target.kind().equals(Kinds.IMAGE_POLICY.name())
                || decided.outcome() == DecisionOutcome.UNKNOWN) {
            done.run();
            return;
        }
        CompletableFuture<Void> shown =
                work.decided(new ResourceId(target.kind(), target.namespace(), target.name()), decided);
        CompletableFuture<Void> finished = shown.copy();
        Scheduler.Timer limit = scheduler.after(LONGEST_UNFINISHED, () -> finished.complete(null));
        var unused = finished.thenRun(() -> {
            limit.cancel();
            done.run();
        });
    }

    private static void warn(PolicyDecided decided) {
        if (decided.flapping() != null) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line(
                            "flapping",
                            LogKeys.TARGET,
                            decided.target(),
                            LogKeys.REASON,
                            decided.flapping() + ". Two builds push in turns, or the registry lists what it has not"));
        }
    }

    @Override
    public CompletableFuture<Void> close() {
        return work.lost(epoch.partition());
    }

    /** What is being written is written, or is not: a publisher asks whose it is. */
    @Override
    public void cancel() {}
}
