package dev.tidemark.policies.decide;

import java.util.Collection;

/** What a decision is made from. */
public sealed interface Candidates {

    /** A completed scan; never a list that was read in part. */
    record All(Iterable<String> tags) implements Candidates {}

    /** One more tag: costs one comparison. Also for a tag that has come of age. */
    record Added(SelectorState selector, String tag) implements Candidates {}

    /**
     * Several more tags, in any order: what was added since the selector state, and {@link Outcome#turnedAway} of the last
     * decision, so that the answer is the same as for {@link All}. Costs one comparison each.
     */
    record Several(SelectorState selector, Collection<String> tags) implements Candidates {}

    /** A tag that a completed scan no longer listed. */
    record Removed(SelectorState selector, String tag) implements Candidates {}

    /** No other tags: a timer, a control or a confirmation. */
    record Unchanged(SelectorState selector) implements Candidates {}
}
