package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.render.RenderedStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes a place hold what a ResourceSet rendered, and no more of what it held before (flux-gitless 2.8 to 2.11). */
public final class Applier {

    private static final String PRUNE = "fluxcd.controlplane.io/prune";

    private final ObjectStore store;

    public Applier(ObjectStore store) {
        this.store = store;
    }

    /** What became of the objects. */
    public sealed interface Outcome {
        /**
         * All is as wanted.
         *
         * @param changes what this run did, {@code Kind/namespace/name created|configured|deleted}
         */
        record Applied(Inventory inventory, List<String> changes) implements Outcome {}

        /** The inventory has the old and the new, so that nothing is orphaned; the next attempt begins anew. */
        record Failed(Inventory inventory, String message) implements Outcome {}

        /** Leave was withdrawn: somebody else goes on, or newer input is there. */
        record Withdrawn() implements Outcome {}
    }

    /**
     * Applies the steps in their order, then deletes what left the inventory and still carries the owner's labels.
     *
     * @param permission asked before each effect
     * @throws InterruptedException when the work is cancelled
     */
    public Outcome apply(Owner owner, List<RenderedStep> steps, Inventory before, Permission permission)
            throws InterruptedException {
        List<String> changes = new ArrayList<>();
        List<KubeObject> touched = new ArrayList<>();
        try {
            for (RenderedStep step : steps) {
                for (KubeObject object : inOrder(step)) {
                    if (!permission.isGiven()) {
                        return new Outcome.Withdrawn();
                    }
                    touched.add(object);
                    note(changes, object.id(), store.apply(object));
                }
            }
            Inventory after = Inventory.of(touched);
            for (ObjectId stale : before.without(after)) {
                if (!permission.isGiven()) {
                    return new Outcome.Withdrawn();
                }
                if (prune(owner, stale)) {
                    changes.add(stale + " deleted");
                }
            }
            return new Outcome.Applied(after, List.copyOf(changes));
        } catch (ObjectStoreException e) {
            return new Outcome.Failed(before.union(Inventory.of(touched)), String.valueOf(e.getMessage()));
        }
    }

    private static List<KubeObject> inOrder(RenderedStep step) {
        return step.objects().stream()
                .sorted(Comparator.comparing(KubeObject::id, ApplyOrder.APPLY))
                .toList();
    }

    private static void note(List<String> changes, ObjectId id, ObjectStore.Change change) {
        if (change != ObjectStore.Change.UNCHANGED) {
            changes.add(id + " " + change.name().toLowerCase(Locale.ROOT));
        }
    }

    private boolean prune(Owner owner, ObjectId id) {
        Optional<KubeObject> live = store.find(id);
        if (live.isEmpty() || !owner.owns(live.get()) || isKept(live.get())) {
            return false;
        }
        store.delete(id);
        return true;
    }

    private static boolean isKept(KubeObject object) {
        return object.annotation(PRUNE).equalsIgnoreCase("disabled")
                || object.label(PRUNE).equalsIgnoreCase("disabled");
    }
}
