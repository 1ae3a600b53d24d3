package dev.tidemark.flux;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ResourceSetInputProvider {@code status} (flux-gitless 1.14), with two times that Flux Operator does not have.
 *
 * @param lastPollTime when the last good look at the registry's list began
 * @param nextPollTime when the next one is due if no webhook comes before
 */
public record ResourceSetInputProviderStatus(
        List<Condition> conditions,
        List<Map<String, Object>> exportedInputs,
        @Nullable String lastExportedRevision,
        @Nullable Instant lastPollTime,
        @Nullable Instant nextPollTime,
        @Nullable String lastHandledReconcileAt) {}
