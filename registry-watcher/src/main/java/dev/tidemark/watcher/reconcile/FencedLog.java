package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Publication;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.watcher.domain.FeedLog;
import java.util.List;

/**
 * Writes only in one epoch of a partition: whoever was paused, and wakes when the partition is somebody else's, changes
 * nothing.
 */
final class FencedLog implements FeedLog {

    private final EventPublisher events;
    private final Ownership ownership;
    private final Epoch epoch;
    private volatile boolean writing;

    FencedLog(EventPublisher events, Ownership ownership, Epoch epoch) {
        this.events = events;
        this.ownership = ownership;
        this.epoch = epoch;
    }

    @Override
    public void append(List<? extends Publication> publications) {
        writing = true;
        try {
            prove();
            events.append(publications);
        } finally {
            writing = false;
        }
    }

    @Override
    public void prove() {
        boolean proved;
        try {
            proved = ownership.fence(epoch);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new NotOwnerException("cancelled while partition " + epoch.partition() + " was fenced");
        }
        if (!proved) {
            throw new NotOwnerException("partition " + epoch.partition() + " is not proved to be ours");
        }
    }

    /** Whether a batch is on its way: it is let finish when the partition is given up. */
    boolean isWriting() {
        return writing;
    }
}
