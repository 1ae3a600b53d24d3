package dev.tidemark.flux;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ImageUpdateAutomation {@code status} (flux-git-based 6.2). */
public record ImageUpdateAutomationStatus(
        List<Condition> conditions,
        @Nullable Instant lastAutomationRunTime,
        @Nullable String lastPushCommit,
        @Nullable Instant lastPushTime,
        @Nullable Map<String, ImageRef> observedPolicies,
        @Nullable String observedSourceRevision,
        long observedGeneration,
        @Nullable String lastHandledReconcileAt) {}
