package dev.tidemark.committer.domain;

/** Whether and how the commits of an automation are signed. */
public sealed interface SigningOutcome {

    record Unsigned() implements SigningOutcome {}

    record Signed(CommitSigner signer) implements SigningOutcome {}

    /** They are to be, and cannot. */
    record Unusable(PlanOutcome.Problem problem) implements SigningOutcome {}
}
