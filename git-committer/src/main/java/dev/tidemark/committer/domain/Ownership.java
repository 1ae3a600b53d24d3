package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;

/** Which branches this replica writes. */
public interface Ownership {

    /** As far as this replica knows; one that was paused may be wrong. */
    boolean owns(Branch branch);

    /** Whether the group still says so; asked before every write. */
    boolean proves(Branch branch);
}
