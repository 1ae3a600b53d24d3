package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Finds sets and providers that were deleted while nobody looked: their objects or their statuses are still there. */
final class OrphanReconciler implements Reconciler<OrphanReconciler.Place> {

    /** A walk over all objects: every change is seen when it happens, so this is for what should never happen. */
    private static final Duration INTERVAL = Duration.ofHours(1);

    /** As long as not everything that is declared was read, nothing is known to be gone. */
    private static final Duration UNREAD = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(OrphanReconciler.class.getName());

    private final Supplier<Set<Owner>> owners;
    private final Statuses statuses;
    private final Resources resources;
    private final Consumer<ResourceId> found;

    /** Where objects are: there is one such place. */
    enum Place {
        OBJECTS
    }

    /**
     * @param owners whose objects are there
     * @param found takes what is gone and has a status: sets without one are not ours to end, or have ended
     */
    OrphanReconciler(Supplier<Set<Owner>> owners, Statuses statuses, Resources resources, Consumer<ResourceId> found) {
        this.owners = owners;
        this.statuses = statuses;
        this.resources = resources;
        this.found = found;
    }

    @Override
    public ReconcileResult reconcile(Place place, Run run) {
        Set<ResourceId> candidates = new HashSet<>(statuses.leftBehind(Kinds.RESOURCE_SET));
        candidates.addAll(statuses.leftBehind(Kinds.RESOURCE_SET_INPUT_PROVIDER));
        for (Owner owner : owners.get()) {
            ResourceId id = new ResourceId(Kinds.RESOURCE_SET.name(), owner.namespace(), owner.name());
            if (resources.find(id).isEmpty() && statuses.exists(id)) {
                candidates.add(id);
            }
        }
        candidates.stream().filter(resources::isGone).forEach(found);
        return resources.isComplete() ? new ReconcileResult.Done(INTERVAL) : new ReconcileResult.RequeueAfter(UNREAD);
    }

    @Override
    public void failed(Place place, Throwable fault, Run run) {
        LOG.log(Level.WARNING, LogKeys.line("orphans-not-read", LogKeys.NEXT_TRY, run.nextTry()), fault);
    }
}
