package dev.tidemark.evaluator.reconcile;

import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.flux.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Decisions that cannot be shown yet, the newest of each policy. */
final class LateDecisions {

    /** Most are of policies that were deleted meanwhile; of more the oldest is dropped. */
    private static final int MOST = 10_000;

    private final Map<ResourceId, Late> newest = new LinkedHashMap<>();

    /** @param done completed when a status shows it, or need not any more */
    record Late(PolicyDecided decided, CompletableFuture<Void> done) {
        void shown() {
            done.complete(null);
        }
    }

    /** @return completed when it is shown, or a newer one has taken its place */
    CompletableFuture<Void> put(ResourceId id, PolicyDecided decided) {
        Late late = new Late(decided, new CompletableFuture<>());
        take(id).ifPresent(Late::shown);
        newest.put(id, late);
        if (newest.size() > MOST) {
            take(newest.keySet().iterator().next()).ifPresent(Late::shown);
        }
        return late.done();
    }

    Optional<Late> take(ResourceId id) {
        return Optional.ofNullable(newest.remove(id));
    }

    /** Somebody else shows these. */
    void drop(Predicate<ResourceId> which) {
        newest.keySet().removeIf(which);
    }
}
