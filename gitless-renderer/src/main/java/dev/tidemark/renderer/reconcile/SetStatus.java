package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.renderer.domain.Annotations;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.Inventory;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The status of one ResourceSet during one run (flux-gitless 2.12); written only when it says something new. */
final class SetStatus {

    private static final ResourceSetStatus NONE = new ResourceSetStatus(List.of(), null, null, null);

    private final Resource<ResourceSetSpec> resource;
    private final StatusStore store;
    private final Clock clock;
    private final ResourceSetStatus before;

    SetStatus(Resource<ResourceSetSpec> resource, StatusStore store, Clock clock) {
        this.resource = resource;
        this.store = store;
        this.clock = clock;
        this.before = store.read(resource.id(), ResourceSetStatus.class).orElse(NONE);
    }

    /** What was applied before this run. */
    Inventory inventory() {
        return inventory(before);
    }

    /** What a status says was applied; entries that are no inventory ids name nothing that we applied. */
    static Inventory inventory(ResourceSetStatus status) {
        Map<ObjectId, String> versions = new LinkedHashMap<>();
        if (status.inventory() != null) {
            for (ResourceSetStatus.Entry entry : status.inventory().entries()) {
                ObjectId.ofInventory(entry.id()).ifPresent(id -> versions.put(id, entry.v()));
            }
        }
        return new Inventory(versions);
    }

    @Nullable
    String lastAppliedRevision() {
        return before.lastAppliedRevision();
    }

    /** Whether the last run ended with this failure: then there is no news. */
    boolean alreadySays(String reason, String message) {
        return before.conditions().stream()
                .anyMatch(c -> c.type().equals("Ready")
                        && c.reason().equals(reason)
                        && c.message().equals(message)
                        && c.observedGeneration() == resource.metadata().generation());
    }

    /** What may be applied from now on; of readiness it says nothing new. */
    void begun(Inventory inventory) {
        store.write(
                resource,
                new ResourceSetStatus(
                        before.conditions(),
                        entries(inventory),
                        before.lastAppliedRevision(),
                        before.lastHandledReconcileAt()));
    }

    void succeeded(Inventory inventory, String revision, String message) {
        ResourceSetStatus.Inventory entries = entries(inventory);
        boolean news = !isReady()
                || !entries.equals(before.inventory())
                || !revision.equals(before.lastAppliedRevision())
                || !Objects.equals(Annotations.requestedAt(resource), before.lastHandledReconcileAt());
        if (news) {
            write(c -> c.succeeded("ReconciliationSucceeded", message), entries, revision);
        }
    }

    void refused(String message) {
        write(c -> c.stalled("BuildFailed", message), before.inventory(), before.lastAppliedRevision());
    }

    void failed(Inventory inventory, String message, Instant nextTry) {
        write(
                c -> c.retrying("ReconciliationFailed", message, nextTry),
                entries(inventory),
                before.lastAppliedRevision());
    }

    void waiting(String message) {
        write(c -> c.awaiting(message), before.inventory(), before.lastAppliedRevision());
    }

    private boolean isReady() {
        return before.conditions().stream()
                .anyMatch(c -> c.type().equals("Ready")
                        && c.status().equals("True")
                        && c.observedGeneration() == resource.metadata().generation());
    }

    private void write(
            Function<Conditions, List<Condition>> conditions,
            ResourceSetStatus.@Nullable Inventory inventory,
            @Nullable String revision) {
        Conditions base =
                Conditions.after(before.conditions(), resource.metadata().generation(), clock.instant());
        store.write(
                resource,
                new ResourceSetStatus(conditions.apply(base), inventory, revision, Annotations.requestedAt(resource)));
    }

    private static ResourceSetStatus.Inventory entries(Inventory inventory) {
        return new ResourceSetStatus.Inventory(inventory.versions().entrySet().stream()
                .map(e -> new ResourceSetStatus.Entry(e.getKey().inventoryId(), e.getValue()))
                .toList());
    }
}
