package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The keys that are worked on here: a loop each for ResourceSets, providers and orphans. */
final class WorkQueues implements AutoCloseable {

    /** More objects of a kind than a cluster's store takes well. */
    private static final int MAX_KEYS = 100_000;

    /** Effects wait for a disk or an API server, which more at once would not make quicker. */
    private static final int PARALLEL = 16;

    private static final System.Logger LOG = System.getLogger(WorkQueues.class.getName());

    private final ReconcileLoop<ResourceId> sets;
    private final ReconcileLoop<ResourceId> providers;
    private final ReconcileLoop<OrphanReconciler.Place> orphans;

    /** @param backoff between failures of one resource */
    WorkQueues(
            Reconciler<ResourceId> sets,
            Reconciler<ResourceId> providers,
            Reconciler<OrphanReconciler.Place> orphans,
            Backoff backoff,
            Scheduler scheduler) {
        this.sets = new ReconcileLoop<>(settings("set", backoff), sets, scheduler);
        this.providers = new ReconcileLoop<>(settings("provider", backoff), providers, scheduler);
        this.orphans = new ReconcileLoop<>(settings("orphans", backoff), orphans, scheduler);
    }

    private static ReconcileLoop.Settings settings(String name, Backoff backoff) {
        return new ReconcileLoop.Settings(name, MAX_KEYS, PARALLEL, backoff);
    }

    void submit(ResourceId id, Priority priority) {
        try {
            (id.kind().equals(Kinds.RESOURCE_SET.name()) ? sets : providers).submit(id, priority);
        } catch (IllegalStateException tooMany) {
            LOG.log(
                    Level.ERROR,
                    LogKeys.line(
                            "not-served", LogKeys.RESOURCE, id, LogKeys.REASON, String.valueOf(tooMany.getMessage())));
        }
    }

    void submitOrphans() {
        orphans.submit(OrphanReconciler.Place.OBJECTS, Priority.ROUTINE);
    }

    /** Whether every key had a run. */
    boolean settled() {
        return sets.settled() && providers.settled() && orphans.settled();
    }

    /** None of these begins a run any more. */
    CompletableFuture<Void> stop(Predicate<ResourceId> which) {
        return CompletableFuture.allOf(sets.stop(which), providers.stop(which));
    }

    /** Runs of these that have not ended are interrupted. */
    void cancel(Predicate<ResourceId> which) {
        sets.cancel(which);
        providers.cancel(which);
    }

    @Override
    public void close() {
        sets.close();
        providers.close();
        orphans.close();
    }
}
