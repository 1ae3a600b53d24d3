package dev.tidemark.committer.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run came to for one branch. */
public sealed interface WriteOutcome {

    /** @param head where the branch is now; null while it does not exist */
    record Done(List<AutomationOutcome> outcomes, @Nullable String head) implements WriteOutcome {}

    /** Another replica writes this branch now: nothing was pushed, nothing is to be said. */
    record NotOwner() implements WriteOutcome {}

    /** This replica does not see all selections yet, so what it would write may be old. */
    record Behind() implements WriteOutcome {}
}
