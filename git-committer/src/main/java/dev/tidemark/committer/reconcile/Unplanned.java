package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.Declarations.NotPlanned;
import dev.tidemark.committer.domain.PlanOutcome;
import dev.tidemark.runtime.partition.Epoch;
import org.jspecify.annotations.Nullable;

/** An automation of which this replica says, in one epoch, that it cannot be planned; and what it has said of it. */
final class Unplanned {

    private final Epoch epoch;
    private volatile NotPlanned why;

    /** Runs follow each other: of one thread at a time. */
    private PlanOutcome.@Nullable Problem reported;

    Unplanned(Epoch epoch, NotPlanned why) {
        this.epoch = epoch;
        this.why = why;
    }

    Epoch epoch() {
        return epoch;
    }

    NotPlanned why() {
        return why;
    }

    void why(NotPlanned now) {
        why = now;
    }

    /** Whether this is not what the log was told last. */
    boolean isNews(PlanOutcome.Problem problem) {
        return !problem.equals(reported);
    }

    void reported(PlanOutcome.Problem problem) {
        reported = problem;
    }
}
