package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.render.RenderedStep;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a place hold what a ResourceSet rendered, and no more of what it held before (flux-gitless 2.8 to 2.11). It never
 * waits: where something has to become healthy first it says so, and goes on from there when it is asked again, which costs
 * no more than a look at what was not healthy.
 */
public final class Applier {

    private static final String PRUNE = "fluxcd.controlplane.io/prune";

    private final ObjectStore store;
    private final Clock clock;

    public Applier(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What became of the objects. */
    public sealed interface Outcome {
        /**
         * All is as wanted.
         *
         * @param changes what this run did, {@code Kind/namespace/name created|configured|deleted}
         */
        record Applied(Inventory inventory, List<String> changes) implements Outcome {}

        /**
         * Nothing failed, and something is not healthy yet.
         *
         * @param inventory the old and the new
         * @param what is waited for: another when something else is
         * @param timeout after which it has failed, from when this was first waited for
         * @param message which objects, and what they say
         */
        record Waiting(Inventory inventory, List<String> changes, String what, Duration timeout, String message)
                implements Outcome {}

        /** The inventory has the old and the new, so that nothing is orphaned; the next attempt begins anew. */
        record Failed(Inventory inventory, String message) implements Outcome {}

        /**
         * Nothing failed but that some of what is not wanted may not be deleted: a right is missing.
         *
         * @param inventory the old and the new
         * @param left what may not be deleted
         * @param message of the first one
         */
        record PruneDenied(Inventory inventory, List<ObjectId> left, String message) implements Outcome {}

        /** Leave was withdrawn: somebody else goes on, or newer input is there. */
        record Withdrawn() implements Outcome {}
    }

    /**
     * What is wanted.
     *
     * @param steps applied in their order
     * @param before what may be there from earlier runs: what left it is deleted, if it still carries the owner's labels
     */
    public record Wanted(SetTerms terms, List<RenderedStep> steps, WaitRules waits, Inventory before) {

        /** Nothing of a ResourceSet: it is gone. */
        public static Wanted nothing(SetTerms terms, Inventory before) {
            return new Wanted(terms, List.of(), WaitRules.NONE, before);
        }
    }

    /**
     * @param remembered what earlier runs have seen; updated
     * @param trusting whether it is believed, and nothing looked at that needs no change: until the next run that looks,
     *     what others changed stays
     * @param permission asked before each effect
     * @throws InterruptedException when the work is cancelled
     */
    public Outcome apply(Wanted wanted, Remembered remembered, boolean trusting, Permission permission)
            throws InterruptedException {
        ApplyPlan plan = ApplyPlan.of(wanted.steps(), wanted.waits());
        Inventory after = Inventory.of(plan.objects());
        ObjectAccess objects = store.on(wanted.terms());
        var run = new ApplyRun(wanted.terms().owner(), objects, remembered, trusting, permission, clock);
        try {
            for (ApplyPlan.Part part : plan.parts()) {
                if (!run.apply(part.objects())) {
                    return new Outcome.Withdrawn();
                }
                Optional<Outcome> stop = await(wanted, run, part.then());
                if (stop.isPresent()) {
                    return stop.get();
                }
            }
            List<ObjectId> left = new ArrayList<>();
            String denial = "";
            for (ObjectId stale : wanted.before().without(after)) {
                if (!permission.isGiven()) {
                    return new Outcome.Withdrawn();
                }
                try {
                    if (prune(wanted.terms().owner(), objects, stale)) {
                        run.changes().add(stale + " deleted");
                    }
                } catch (ObjectStoreException e) {
                    if (!e.isDenied()) {
                        throw e;
                    }
                    // a right may be missing in one namespace, and not in the next
                    denial = left.isEmpty() ? String.valueOf(e.getMessage()) : denial;
                    left.add(stale);
                }
            }
            if (!left.isEmpty()) {
                return new Outcome.PruneDenied(touched(wanted, run), List.copyOf(left), denial);
            }
            remembered.retain(after.versions().keySet());
            return await(wanted, run, plan.atEnd())
                    .orElseGet(() -> new Outcome.Applied(after, List.copyOf(run.changes())));
        } catch (ObjectStoreException e) {
            return failed(wanted, run, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Outcome> await(Wanted wanted, ApplyRun run, ApplyPlan.Wait wait) {
        return switch (run.health(wait.objects())) {
            case Healths.AllCurrent current -> Optional.empty();
            case Healths.SomeFailed(String message) -> Optional.of(failed(wanted, run, message));
            case Healths.SomeInProgress(String message) ->
                Optional.of(new Outcome.Waiting(
                        touched(wanted, run), List.copyOf(run.changes()), wait.name(), wait.timeout(), message));
        };
    }

    private static Outcome failed(Wanted wanted, ApplyRun run, String message) {
        return new Outcome.Failed(touched(wanted, run), message);
    }

    private static Inventory touched(Wanted wanted, ApplyRun run) {
        return wanted.before().union(Inventory.of(run.touched()));
    }

    private static boolean prune(Owner owner, ObjectAccess objects, ObjectId id) {
        Optional<KubeObject> live = objects.find(id);
        if (live.isEmpty() || !owner.owns(live.get()) || isKept(live.get())) {
            return false;
        }
        if (live.get().isBeingDeleted()) {
            return false;
        }
        objects.delete(live.get());
        return true;
    }

    private static boolean isKept(KubeObject object) {
        return object.annotation(PRUNE).equalsIgnoreCase("disabled")
                || object.label(PRUNE).equalsIgnoreCase("disabled");
    }
}
