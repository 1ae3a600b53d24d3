package dev.tidemark.policies.select;

import dev.tidemark.policies.filter.FilterTags;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a policy selects; equal specs select alike.
 *
 * @param rule null when the resource names none, which does not compile
 */
public record PolicySpec(@Nullable PolicyRule rule, FilterTags filter) {}
