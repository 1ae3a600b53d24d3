package dev.tidemark.policies.decide;

/** What a decision is made from. */
public sealed interface Candidates {

    /** A completed scan; never a list that was read in part. */
    record All(Iterable<String> tags) implements Candidates {}

    /** One more tag: costs one comparison. Also for a tag that has come of age. */
    record Added(Standing standing, String tag) implements Candidates {}

    /** A tag that a completed scan no longer listed. */
    record Removed(Standing standing, String tag) implements Candidates {}

    /** No other tags: a timer, a control or a confirmation. */
    record Unchanged(Standing standing) implements Candidates {}
}
