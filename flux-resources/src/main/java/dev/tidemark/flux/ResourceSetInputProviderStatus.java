package dev.tidemark.flux;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ResourceSetInputProvider {@code status} (flux-gitless 1.14). */
public record ResourceSetInputProviderStatus(
        List<Condition> conditions,
        List<Map<String, Object>> exportedInputs,
        @Nullable String lastExportedRevision,
        @Nullable String lastHandledReconcileAt) {}
