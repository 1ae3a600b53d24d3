package dev.tidemark.committer.domain;

/** What became of the question how a remote is reached. */
public sealed interface SourceOutcome {

    record Found(Source source) implements SourceOutcome {}

    /** Its Secret is missing, or holds what cannot be used. */
    record Unusable(PlanOutcome.Problem problem) implements SourceOutcome {}
}
