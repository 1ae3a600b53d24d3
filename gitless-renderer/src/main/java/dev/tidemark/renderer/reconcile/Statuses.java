package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.status.StatusRule;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.renderer.domain.apply.Inventory;
import dev.tidemark.renderer.domain.status.SetStatusRule;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.runtime.status.StatusPublisher;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The statuses of sets and providers: said without waiting, and read with all that was said. What a set has applied is
 * state that must not be lost, so it is also asked what of it is stored.
 *
 * @param store below the publisher
 */
record Statuses(StatusPublisher publisher, StatusStore store) {

    Optional<ResourceSetStatus> of(Resource<?> resourceSet) {
        return publisher.read(resourceSet, ResourceSetStatus.class);
    }

    /** Also of an earlier object with that name: nobody else knows any more what it applied. */
    Inventory stored(ResourceId set) {
        return store.read(set, ResourceSetStatus.class)
                .status()
                .map(SetStatusRule::inventory)
                .orElse(Inventory.EMPTY);
    }

    /** What a set may have applied that is not declared any more. */
    Inventory left(ResourceId set) {
        Inventory said = publisher
                .read(set, ResourceSetStatus.class)
                .map(SetStatusRule::inventory)
                .orElse(Inventory.EMPTY);
        return said.union(stored(set));
    }

    boolean exists(ResourceId set) {
        return publisher.read(set, ResourceSetStatus.class).isPresent();
    }

    /** Resources of a kind that have a status and may be gone. */
    Set<ResourceId> leftBehind(Kind<?> kind) {
        return publisher.leftBehind(kind);
    }

    /** Whatever is applied for it can be found and deleted, also when it is gone. */
    void keep(Resource<?> resourceSet) {
        store.keep(resourceSet);
    }

    /** A set whose deletion is asked for, as it was declared last; empty where nobody knows that any more. */
    Optional<Resource<ResourceSetSpec>> kept(ResourceId set) {
        return store.kept(set).flatMap(found -> found.as(Kinds.RESOURCE_SET));
    }

    /** @return completed when it is stored, or nobody needs it any more */
    CompletableFuture<Void> say(SetStatusRule rule, StatusOwner owner) {
        return publisher.publish(rule.resourceSet(), ResourceSetStatus.class, owner, rule);
    }

    void say(Resource<?> provider, StatusRule<ResourceSetInputProviderStatus> rule, StatusOwner owner) {
        var unused = publisher.publish(provider, ResourceSetInputProviderStatus.class, owner, rule);
    }

    void remove(ResourceId id, StatusOwner owner) {
        var unused = publisher.remove(id, owner);
    }
}
