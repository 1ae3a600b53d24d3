package dev.tidemark.policies.select;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;

/** Everything that decides what a policy for one tag selects, as the log declares it; equal specs select alike. */
public record PolicySpec(PolicyRule rule, TagFilter filter) {}
