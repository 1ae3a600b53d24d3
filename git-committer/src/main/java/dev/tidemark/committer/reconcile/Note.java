package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.PolicyChange;
import dev.tidemark.events.Branch;
import dev.tidemark.flux.ResourceId;

/** Something that a change of resources makes necessary. Two that say the same are one. */
sealed interface Note {

    /** To be planned anew: it changed, or its GitRepository did. */
    record Automation(ResourceId id) implements Note {}

    record Policy(PolicyChange change) implements Note {}

    record Secret(ResourceId id) implements Note {}

    /** Others write this branch than before, or nobody. */
    record Writers(Branch branch) implements Note {}

    /** This automation cannot be planned any more, for another reason, or again. */
    record Problem(ResourceId automation) implements Note {}
}
