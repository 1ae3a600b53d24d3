package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PartitionClaimed;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Publication;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.watcher.domain.FeedWorker;
import java.time.Clock;
import java.util.List;

/** The first word of a new owner (ADR 26). Its offset, which reading it tells, is the owner's epoch in the log. */
final class PartitionClaim {

    private final Epoch assignment;
    private final PartitionClaimed event;

    /** @param id unique per claim */
    PartitionClaim(Epoch assignment, String owner, String id) {
        this.assignment = assignment;
        this.event = new PartitionClaimed(assignment.partition(), owner, id);
    }

    /**
     * Proves that the partition is ours, and says so in the log.
     *
     * @throws IllegalStateException when that cannot be proved
     */
    void write(Ownership ownership, EventPublisher events, Clock clock) throws InterruptedException {
        if (!ownership.fence(assignment)) {
            throw new IllegalStateException("partition " + assignment.partition() + " is not proved to be ours");
        }
        events.append(List.of(new Publication.Fact(Envelope.first(event, FeedWorker.SOURCE, clock.instant()))));
    }

    boolean isOwn(PartitionClaimed other) {
        return other.claim().equals(event.claim());
    }
}
