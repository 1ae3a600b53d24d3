package dev.tidemark.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a declared policy chooses, as written in its resource and not yet compiled: a wrong rule is still declared. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PolicyRule.Semver.class, name = "semver"),
    @JsonSubTypes.Type(value = PolicyRule.Alphabetical.class, name = "alphabetical"),
    @JsonSubTypes.Type(value = PolicyRule.Numerical.class, name = "numerical"),
    @JsonSubTypes.Type(value = PolicyRule.TagList.class, name = "list"),
    @JsonSubTypes.Type(value = PolicyRule.Missing.class, name = "missing")
})
public sealed interface PolicyRule {

    /** ImagePolicy {@code spec.policy.semver}. */
    record Semver(String range) implements PolicyRule {}

    /** ImagePolicy {@code spec.policy.alphabetical}; {@code order} as written, {@code asc} when absent. */
    record Alphabetical(String order) implements PolicyRule {}

    /** ImagePolicy {@code spec.policy.numerical}; {@code order} as written, {@code asc} when absent. */
    record Numerical(String order) implements PolicyRule {}

    /**
     * ResourceSetInputProvider {@code spec.filter}: the selection is a list.
     *
     * @param limit zero or less means the default of 100 (flux-gitless 1.7)
     * @param defaultValues JSON values that fill keys missing from each exported input
     */
    record TagList(
            @Nullable String includeTag,
            @Nullable String excludeTag,
            @Nullable String semver,
            int limit,
            Map<String, Object> defaultValues)
            implements PolicyRule {}

    /** An ImagePolicy whose {@code spec.policy} has no member. */
    record Missing() implements PolicyRule {}

    /**
     * A rule of a kind that only a newer build knows: what it selected stays, and the record keeps what it says.
     *
     * @param members all of the rule but its kind
     */
    record Unsupported(String kind, Map<String, Object> members) implements PolicyRule {}

    /** The member of {@code spec.policy} that counts when several are set: semver, then alphabetical, then numerical. */
    static PolicyRule choose(
            @Nullable Semver semver, @Nullable Alphabetical alphabetical, @Nullable Numerical numerical) {
        if (semver != null) {
            return semver;
        }
        return Objects.requireNonNullElseGet(alphabetical != null ? alphabetical : numerical, Missing::new);
    }
}
