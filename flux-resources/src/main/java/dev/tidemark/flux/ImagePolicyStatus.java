package dev.tidemark.flux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** ImagePolicy {@code status} (flux-git-based 5.2), with the two texts that Flux dropped (2.4). */
public record ImagePolicyStatus(
        List<Condition> conditions,
        @Nullable String latestImage,
        @Nullable ImageRef latestRef,
        @Nullable String observedPreviousImage,
        @Nullable ImageRef observedPreviousRef,
        long observedGeneration,
        @Nullable String lastHandledReconcileAt) {}
