package dev.tidemark.renderer.domain.status;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.status.StatusRule;
import dev.tidemark.renderer.domain.Annotations;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.Inventory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a ResourceSet after a run (flux-gitless 2.12). Only a success takes anything out of the inventory: an object
 * that stands there too long costs a look at it, one that does not is never deleted.
 *
 * @param objects that the run knows or may have made; after a success those that are there
 */
public record SetStatusRule(Resource<ResourceSetSpec> resourceSet, SetOutcome outcome, Inventory objects, Instant now)
        implements StatusRule<ResourceSetStatus> {

    private static final String READY = "Ready";
    private static final String SUCCEEDED = "ReconciliationSucceeded";
    private static final ResourceSetStatus NONE = new ResourceSetStatus(List.of(), null, null, null);

    @Override
    public ResourceSetStatus after(Optional<ResourceSetStatus> found) {
        ResourceSetStatus before = found.orElse(NONE);
        Conditions conditions =
                Conditions.after(before.conditions(), resourceSet.metadata().generation(), now);
        return switch (outcome) {
            case SetOutcome.Begun begun ->
                new ResourceSetStatus(
                        before.conditions(),
                        kept(before),
                        before.lastAppliedRevision(),
                        before.lastHandledReconcileAt());
            case SetOutcome.Succeeded(String revision, String message) ->
                isNews(before, revision)
                        ? status(conditions.succeeded(SUCCEEDED, message), entries(objects), revision)
                        : before;
            case SetOutcome.Refused(String message) ->
                held(before, conditions.stalled(SetOutcome.Refused.REASON, message));
            case SetOutcome.InvalidExpression(String message) ->
                held(before, conditions.stalled(SetOutcome.InvalidExpression.REASON, message));
            case SetOutcome.AccessDenied(String message) ->
                held(before, conditions.stalled(SetOutcome.AccessDenied.REASON, message));
            case SetOutcome.DependencyNotReady(String message) ->
                held(before, conditions.retrying(SetOutcome.DependencyNotReady.REASON, message));
            case SetOutcome.Failed(String message, Instant nextTry) ->
                held(before, conditions.retrying(SetOutcome.Failed.REASON, message, nextTry));
            case SetOutcome.Progressing(String message) -> held(before, conditions.progressing(message));
            case SetOutcome.Waiting(String message) -> held(before, conditions.awaiting(message));
        };
    }

    private ResourceSetStatus held(ResourceSetStatus before, List<Condition> conditions) {
        return status(conditions, kept(before), before.lastAppliedRevision());
    }

    private ResourceSetStatus status(
            List<Condition> conditions, ResourceSetStatus.@Nullable Inventory inventory, @Nullable String revision) {
        return new ResourceSetStatus(conditions, inventory, revision, Annotations.requestedAt(resourceSet));
    }

    /** How long it took is none. */
    private boolean isNews(ResourceSetStatus before, String revision) {
        boolean ready = before.conditions().stream()
                .anyMatch(c -> c.type().equals(READY) && c.status().equals("True") && isObserved(c));
        return !ready
                || !entries(objects).equals(before.inventory())
                || !revision.equals(before.lastAppliedRevision())
                || !Objects.equals(Annotations.requestedAt(resourceSet), before.lastHandledReconcileAt());
    }

    private boolean isObserved(Condition condition) {
        return condition.observedGeneration() == resourceSet.metadata().generation();
    }

    private ResourceSetStatus.@Nullable Inventory kept(ResourceSetStatus before) {
        Inventory then = inventory(before);
        Inventory both = then.union(objects);
        return both.equals(then) ? before.inventory() : entries(both);
    }

    /** Whether a status says that the last run ended with this: then there is no news. */
    public static boolean says(
            ResourceSetStatus status, Resource<ResourceSetSpec> resourceSet, String reason, String message) {
        return status.conditions().stream()
                .anyMatch(c -> c.type().equals(READY)
                        && c.reason().equals(reason)
                        && c.message().equals(message)
                        && c.observedGeneration() == resourceSet.metadata().generation());
    }

    /** What a status says was applied; entries that are no inventory ids name nothing that we applied. */
    public static Inventory inventory(ResourceSetStatus status) {
        Map<ObjectId, String> versions = new LinkedHashMap<>();
        if (status.inventory() != null) {
            for (ResourceSetStatus.Entry entry : status.inventory().entries()) {
                ObjectId.ofInventory(entry.id()).ifPresent(id -> versions.put(id, entry.v()));
            }
        }
        return new Inventory(versions);
    }

    private static ResourceSetStatus.Inventory entries(Inventory inventory) {
        return new ResourceSetStatus.Inventory(inventory.versions().entrySet().stream()
                .map(e -> new ResourceSetStatus.Entry(e.getKey().inventoryId(), e.getValue()))
                .toList());
    }
}
