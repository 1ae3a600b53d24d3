package dev.tidemark.committer.domain;

/** Ends the planning of one automation; the planner turns it into an outcome. */
final class PlanException extends RuntimeException {

    private final PlanOutcome outcome;

    private PlanException(PlanOutcome outcome, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    static PlanException stalled(String reason, String message) {
        return new PlanException(new PlanOutcome.Stalled(reason, message), message);
    }

    /** A problem of the source or its credentials (flux-git-based 20). */
    static PlanException source(String message) {
        String text = "failed configuring source manager: " + message;
        return new PlanException(new PlanOutcome.Failed(Reasons.SOURCE_MANAGER_FAILED, text), text);
    }

    /** What the automation writes to is suspended, and so is the automation. */
    static PlanException suspended() {
        return new PlanException(new PlanOutcome.Suspended(), "the GitRepository is suspended");
    }

    PlanOutcome outcome() {
        return outcome;
    }
}
