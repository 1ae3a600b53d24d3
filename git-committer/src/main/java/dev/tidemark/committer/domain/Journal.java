package dev.tidemark.committer.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.BranchState;
import java.util.Collection;
import java.util.List;

/** The log as the committer writes it, and reads it back. */
public interface Journal {

    /** Returns when the broker has the event. */
    void publish(Envelope<?> event);

    /** The last state of every branch in these partitions of {@code branch-state}. */
    List<BranchState> restore(Collection<Integer> partitions);
}
