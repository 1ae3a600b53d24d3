package dev.tidemark.policies.inputs;

import org.jspecify.annotations.Nullable;

/**
 * {@code spec.filter} of a ResourceSetInputProvider as written (spec flux-gitless 1.7). Branch, tag and
 * environment patterns share one slot, whatever the provider's type; the later ones win.
 *
 * @param limit zero, negative or missing means {@link #DEFAULT_LIMIT}
 */
public record InputFilter(
        @Nullable String includeBranch,
        @Nullable String excludeBranch,
        @Nullable String includeTag,
        @Nullable String excludeTag,
        @Nullable String includeEnvironment,
        @Nullable String excludeEnvironment,
        @Nullable String semver,
        int limit) {

    public static final int DEFAULT_LIMIT = 100;

    /** Every tag, up to the default limit. */
    public static final InputFilter NONE = new InputFilter(null, null, null, null, null, null, null, DEFAULT_LIMIT);

    public InputFilter {
        limit = limit <= 0 ? DEFAULT_LIMIT : limit;
    }

    Slot include() {
        return Slot.last("include", includeBranch, includeTag, includeEnvironment);
    }

    Slot exclude() {
        return Slot.last("exclude", excludeBranch, excludeTag, excludeEnvironment);
    }

    /** @param field the name to blame in a message */
    record Slot(String field, String pattern) {

        static Slot last(String kind, @Nullable String branch, @Nullable String tag, @Nullable String environment) {
            if (environment != null && !environment.isEmpty()) {
                return new Slot(kind + "Environment", environment);
            }
            return tag != null && !tag.isEmpty()
                    ? new Slot(kind + "Tag", tag)
                    : new Slot(kind + "Branch", branch == null ? "" : branch);
        }
    }
}
