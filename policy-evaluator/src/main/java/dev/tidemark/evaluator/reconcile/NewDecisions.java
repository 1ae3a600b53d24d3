package dev.tidemark.evaluator.reconcile;

import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.flux.ResourceId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Decisions that no status shows yet: the newest of each policy, so there are never more than policies. */
final class NewDecisions {

    private final Map<ResourceId, Waiting> newest = new ConcurrentHashMap<>();

    /** @param shown completed when a status shows it, or need not any more */
    record Waiting(PolicyDecided decided, CompletableFuture<Void> shown) {
        void taken() {
            shown.complete(null);
        }
    }

    /** @return completed when the first attempt to show it has ended, or a newer one has taken its place */
    CompletableFuture<Void> add(ResourceId id, PolicyDecided decided) {
        Waiting waiting = new Waiting(decided, new CompletableFuture<>());
        Waiting before = newest.put(id, waiting);
        if (before != null) {
            before.taken();
        }
        return waiting.shown();
    }

    Optional<Waiting> find(ResourceId id) {
        return Optional.ofNullable(newest.get(id));
    }

    void shown(ResourceId id, Waiting decision) {
        newest.remove(id, decision);
        decision.taken();
    }

    /** The policy is gone. */
    void drop(ResourceId id) {
        Waiting gone = newest.remove(id);
        if (gone != null) {
            gone.taken();
        }
    }
}
