package dev.tidemark.runtime.partition;

import java.util.Optional;

/** Which partitions this replica owns, and the proof of it. */
public interface Ownership {

    /** The epoch of a partition that is loading or active; empty for one that is not ours, as far as this replica knows. */
    Optional<Epoch> epoch(int partition);

    /**
     * Proves, immediately before an effect, that the group still sees this replica as the owner: a commit, sent after this
     * was called, was accepted, and the epoch is still current. Those who wait at the same time share one commit; no answer
     * is kept.
     *
     * @param epoch in which the work began
     * @return false when the epoch is over, the group has moved on, or the broker did not answer in time
     * @throws InterruptedException when the work is cancelled
     */
    boolean fence(Epoch epoch) throws InterruptedException;
}
