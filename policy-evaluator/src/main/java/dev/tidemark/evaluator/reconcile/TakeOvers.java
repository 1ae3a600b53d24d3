package dev.tidemark.evaluator.reconcile;

import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * The policies of partitions whose statuses have become ours to write: all of them are gone through once.
 *
 * @param complete whether everything that is declared was read once
 * @param shards the active one of a partition
 */
record TakeOvers(PolicyStatuses statuses, BooleanSupplier complete, IntFunction<Optional<StatusShard>> shards)
        implements Reconciler<Integer> {

    private static final System.Logger LOG = System.getLogger(TakeOvers.class.getName());

    @Override
    public ReconcileResult reconcile(Integer partition, Run run) {
        if (shards.apply(partition).isEmpty()) {
            return new ReconcileResult.Gone();
        }
        boolean whole = complete.getAsBoolean();
        statuses.takeOver(partition);
        return whole ? new ReconcileResult.Gone() : new ReconcileResult.RequeueAfter(DeclarationReconciler.UNREAD);
    }

    @Override
    public void failed(Integer partition, Throwable fault, Run run) {
        LOG.log(
                Level.WARNING,
                LogKeys.line("statuses-not-taken-over", LogKeys.PARTITION, partition, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
    }
}
