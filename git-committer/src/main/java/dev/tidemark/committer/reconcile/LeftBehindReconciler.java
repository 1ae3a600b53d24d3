package dev.tidemark.committer.reconcile;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Removes the status of automations that were deleted while nobody looked: once for each partition that this replica is
 * given, those whose names fall into it.
 */
final class LeftBehindReconciler implements Reconciler<Integer> {

    /** A source that was away at the start gives what it has when it is back. */
    private static final Duration WAIT_FOR_SOURCE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(LeftBehindReconciler.class.getName());

    private final Resources resources;
    private final Plans plans;
    private final Ownership ownership;
    private final AutomationStatuses statuses;

    LeftBehindReconciler(Resources resources, Plans plans, Ownership ownership, AutomationStatuses statuses) {
        this.resources = resources;
        this.plans = plans;
        this.ownership = ownership;
        this.statuses = statuses;
    }

    @Override
    public ReconcileResult reconcile(Integer partition, Run run) {
        if (ownership.epoch(partition).isEmpty()) {
            return new ReconcileResult.Gone();
        }
        if (!resources.isComplete()) {
            return new ReconcileResult.RequeueAfter(WAIT_FOR_SOURCE);
        }
        for (ResourceId automation : statuses.leftBehind()) {
            if (plans.partition(automation.toString()) == partition && resources.isGone(automation)) {
                statuses.deleted(automation);
            }
        }
        return new ReconcileResult.Gone();
    }

    @Override
    public void failed(Integer partition, Throwable fault, Run run) {
        LOG.log(
                Level.WARNING,
                LogKeys.line("left-behind-failed", LogKeys.PARTITION, partition, LogKeys.NEXT_TRY, run.nextTry()),
                fault);
    }
}
