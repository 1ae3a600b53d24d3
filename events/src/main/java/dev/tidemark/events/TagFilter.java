package dev.tidemark.events;

/** ImagePolicy {@code spec.filterTags}; empty texts where not set (flux-git-based 10.4). */
public record TagFilter(String pattern, String extract) {

    /** Lets every tag through as it is. */
    public static final TagFilter NONE = new TagFilter("", "");
}
