package dev.tidemark.policies.select;

/**
 * A tag that a policy may look at.
 *
 * @param value what the filter extracted from the tag, the tag itself without a filter
 */
public record Candidate(String tag, String value) {}
