package dev.tidemark.flux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** ResourceSet {@code status} (flux-gitless 2.13). */
public record ResourceSetStatus(
        List<Condition> conditions,
        @Nullable Inventory inventory,
        @Nullable String lastAppliedRevision,
        @Nullable String lastHandledReconcileAt) {

    public record Inventory(List<Entry> entries) {}

    /**
     * @param id {@code namespace_name_group_Kind}
     * @param v API version
     */
    public record Entry(String id, String v) {}
}
