package dev.tidemark.flux;

import dev.tidemark.policies.filter.ExclusionList;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ImageRepository {@code spec} (flux-git-based 4.1). */
public record ImageRepositorySpec(
        String image,
        Duration interval,
        @Nullable Duration timeout,
        @Nullable LocalRef secretRef,
        @Nullable String serviceAccountName,
        @Nullable LocalRef certSecretRef,
        @Nullable LocalRef proxySecretRef,
        @Nullable String provider,
        boolean insecure,
        @Nullable List<String> exclusionList,
        @Nullable AccessFrom accessFrom,
        boolean suspend) {

    /** Which namespaces' policies may use the repository (flux-git-based 7). */
    public record AccessFrom(List<NamespaceSelector> namespaceSelectors) {}

    /** One alternative; all of its labels must match, none matches every namespace. */
    public record NamespaceSelector(@Nullable Map<String, String> matchLabels) {}

    /** The list in force: the default also when the list is empty, a user's list replaces it. */
    public List<String> effectiveExclusionList() {
        return exclusionList == null || exclusionList.isEmpty() ? ExclusionList.DEFAULT : exclusionList;
    }
}
