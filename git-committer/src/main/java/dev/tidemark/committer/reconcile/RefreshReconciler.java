package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.Declarations;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;

/** Reads what the resources declare, and opens and closes branches accordingly. Many changes at once are one run. */
final class RefreshReconciler implements Reconciler<String> {

    /** The one key. */
    static final String ALL = "all";

    private static final System.Logger LOG = System.getLogger(RefreshReconciler.class.getName());

    private final Plans plans;
    private final PartitionRuntime<BranchShard> partitions;

    RefreshReconciler(Plans plans, PartitionRuntime<BranchShard> partitions) {
        this.plans = plans;
        this.partitions = partitions;
    }

    @Override
    public ReconcileResult reconcile(String key, Run run) {
        Declarations declared = plans.refresh();
        if (declared.left() > 0) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line(
                            "automations-left-out",
                            LogKeys.COUNT,
                            declared.left(),
                            LogKeys.REASON,
                            "more than " + Declarations.MAX_AUTOMATIONS));
        }
        partitions.shards().forEach(BranchShard::follow);
        return new ReconcileResult.AwaitChange();
    }

    @Override
    public void failed(String key, Throwable fault, Run run) {
        LOG.log(Level.WARNING, LogKeys.line("refresh-failed", LogKeys.NEXT_TRY, run.nextTry()), fault);
    }
}
