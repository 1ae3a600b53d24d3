package dev.tidemark.flux;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ResourceSetInputProvider {@code spec} (flux-gitless 1.1); {@code interval} is ours. */
public record ResourceSetInputProviderSpec(
        String type,
        @Nullable String url,
        @Nullable Duration interval,
        @Nullable String serviceAccountName,
        @Nullable LocalRef secretRef,
        @Nullable LocalRef certSecretRef,
        boolean insecure,
        @Nullable Map<String, Object> defaultValues,
        @Nullable Filter filter,
        @Nullable List<Schedule> schedule) {

    /** How often a provider is polled when nothing says otherwise (flux-gitless 0.1). */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(10);

    /** flux-gitless 1.7; one include and one exclude slot, later members overwrite earlier ones. */
    public record Filter(
            @Nullable String includeBranch,
            @Nullable String excludeBranch,
            @Nullable String includeTag,
            @Nullable String excludeTag,
            @Nullable String includeEnvironment,
            @Nullable String excludeEnvironment,
            @Nullable List<String> labels,
            int limit,
            @Nullable String semver) {}

    public record Schedule(
            String cron,
            @Nullable String timeZone,
            @Nullable Duration window) {}
}
