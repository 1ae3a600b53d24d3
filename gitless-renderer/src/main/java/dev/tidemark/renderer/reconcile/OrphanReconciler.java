package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Finds ResourceSets that were deleted while nobody looked: they are not declared, and their objects are still there. */
final class OrphanReconciler implements Reconciler<OrphanReconciler.Place> {

    /** A walk over all objects: every change is seen when it happens, so this is for what should never happen. */
    private static final Duration INTERVAL = Duration.ofHours(1);

    private static final System.Logger LOG = System.getLogger(OrphanReconciler.class.getName());

    private final Supplier<Set<Owner>> owners;
    private final StatusStore statuses;
    private final ResourceSource resources;
    private final Consumer<ResourceId> found;

    /** Where objects are: there is one such place. */
    enum Place {
        OBJECTS
    }

    /**
     * @param owners whose objects are there
     * @param found takes sets that are not declared and have a status: those without one are not ours to end, or have ended
     */
    OrphanReconciler(
            Supplier<Set<Owner>> owners, StatusStore statuses, ResourceSource resources, Consumer<ResourceId> found) {
        this.owners = owners;
        this.statuses = statuses;
        this.resources = resources;
        this.found = found;
    }

    @Override
    public ReconcileResult reconcile(Place place, Run run) {
        for (Owner owner : owners.get()) {
            ResourceId id = new ResourceId(Kinds.RESOURCE_SET.name(), owner.namespace(), owner.name());
            if (!resources.current().resources().containsKey(id)
                    && statuses.read(id, ResourceSetStatus.class).isPresent()) {
                found.accept(id);
            }
        }
        return new ReconcileResult.Done(INTERVAL);
    }

    @Override
    public void failed(Place place, Throwable fault, Run run) {
        LOG.log(Level.WARNING, LogKeys.line("orphans-not-read", LogKeys.NEXT_TRY, run.nextTry()), fault);
    }
}
