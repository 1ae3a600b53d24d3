package dev.tidemark.flux;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** ImagePolicy {@code spec} (flux-git-based 5.1). */
public record ImagePolicySpec(
        RepositoryRef imageRepositoryRef,
        Choice policy,
        @Nullable FilterTags filterTags,
        @Nullable String digestReflectionPolicy,
        @Nullable Duration interval,
        boolean suspend) {

    /** @param namespace that of the policy when absent */
    public record RepositoryRef(String name, @Nullable String namespace) {}

    /** When several members are set, the first of this order counts. */
    public record Choice(
            @Nullable Range semver,
            @Nullable Ordered alphabetical,
            @Nullable Ordered numerical) {}

    public record Range(String range) {}

    /** @param order {@code asc} (the default) or {@code desc}, as written */
    public record Ordered(@Nullable String order) {}

    public record FilterTags(
            @Nullable String pattern, @Nullable String extract) {}
}
