package dev.tidemark.flux;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
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

    /** How it chooses, as the log says it. */
    public PolicyRule rule() {
        return PolicyRule.choose(
                policy.semver() == null
                        ? null
                        : new PolicyRule.Semver(policy.semver().range()),
                policy.alphabetical() == null
                        ? null
                        : new PolicyRule.Alphabetical(
                                orEmpty(policy.alphabetical().order())),
                policy.numerical() == null
                        ? null
                        : new PolicyRule.Numerical(orEmpty(policy.numerical().order())));
    }

    /** Which tags it sees, as the log says it. */
    public TagFilter filter() {
        return filterTags == null
                ? TagFilter.NONE
                : new TagFilter(orEmpty(filterTags.pattern()), orEmpty(filterTags.extract()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

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
