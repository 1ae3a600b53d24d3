package dev.tidemark.policies.filter;

import org.jspecify.annotations.Nullable;

/**
 * {@code spec.filterTags} of an ImagePolicy as written; null and empty mean the same.
 *
 * @param pattern regular expression that a tag must contain; empty takes every tag
 * @param extract template of the value that the policy looks at; empty means the tag itself
 */
public record FilterTags(String pattern, String extract) {

    /** Every tag, as it is. */
    public static final FilterTags NONE = new FilterTags("", "");

    public FilterTags(@Nullable String pattern, @Nullable String extract) {
        this.pattern = pattern == null ? "" : pattern;
        this.extract = extract == null ? "" : extract;
    }
}
