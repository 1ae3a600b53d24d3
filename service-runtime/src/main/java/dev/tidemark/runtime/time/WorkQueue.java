package dev.tidemark.runtime.time;

import java.time.Instant;
import java.util.Optional;

/** Work that waits for its turn: what is due and has not begun. For any thread. */
public interface WorkQueue {

    /** What the work is about; the same for the queues of all services that do the same. */
    String name();

    /** How much waits. */
    int waiting();

    /** Since when the oldest waits; empty when nothing does. */
    Optional<Instant> oldest();
}
