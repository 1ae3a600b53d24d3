package dev.tidemark.runtime.status;

import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import java.util.Optional;

/** Whether a status is this replica's to write: whoever owns the work on a resource owns its status. */
public interface StatusOwner {

    /** As far as this replica knows; asks nobody. */
    boolean isKnown();

    /**
     * As the group sees it at this moment.
     *
     * @throws InterruptedException when the work is cancelled
     */
    boolean isProven() throws InterruptedException;

    /** Whoever owns a partition in an epoch. */
    static StatusOwner of(Ownership ownership, Epoch epoch) {
        return new StatusOwner() {
            @Override
            public boolean isKnown() {
                return ownership.epoch(epoch.partition()).equals(Optional.of(epoch));
            }

            @Override
            public boolean isProven() throws InterruptedException {
                return ownership.fence(epoch);
            }
        };
    }
}
