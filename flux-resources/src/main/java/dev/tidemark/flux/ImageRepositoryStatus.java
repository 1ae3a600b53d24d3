package dev.tidemark.flux;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ImageRepository {@code status} (flux-git-based 4.2). */
public record ImageRepositoryStatus(
        List<Condition> conditions,
        @Nullable String canonicalImageName,
        @Nullable ScanResult lastScanResult,
        @Nullable List<String> observedExclusionList,
        long observedGeneration,
        @Nullable String lastHandledReconcileAt) {

    /** @param latestTags the first ten in descending byte order, absent when there are none */
    public record ScanResult(
            String revision,
            int tagCount,
            Instant scanTime,
            @Nullable List<String> latestTags) {}
}
