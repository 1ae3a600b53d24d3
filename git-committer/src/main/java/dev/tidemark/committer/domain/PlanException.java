package dev.tidemark.committer.domain;

/** Ends the planning of one automation; the planner turns it into an outcome. */
final class PlanException extends RuntimeException {

    private final PlanOutcome.Problem problem;

    private PlanException(PlanOutcome.Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    static PlanException stalled(String reason, String message) {
        return new PlanException(new PlanOutcome.Stalled(reason, message));
    }

    /** A problem of the source or its credentials (flux-git-based 20). */
    static PlanException source(String message) {
        return new PlanException(
                new PlanOutcome.Failed(Reasons.SOURCE_MANAGER_FAILED, "failed configuring source manager: " + message));
    }

    PlanOutcome.Problem problem() {
        return problem;
    }
}
