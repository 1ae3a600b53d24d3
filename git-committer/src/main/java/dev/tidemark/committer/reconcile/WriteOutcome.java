package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationOutcome;
import java.util.List;

/** What a run came to for one branch. */
sealed interface WriteOutcome {

    record Done(List<AutomationOutcome> outcomes) implements WriteOutcome {}

    /**
     * Another replica writes this branch now, as far as can be known.
     *
     * @param pushed what had reached the remote before
     */
    record NotOwner(List<AutomationOutcome.Committed> pushed) implements WriteOutcome {}
}
