package dev.tidemark.runtime.log;

import java.util.Optional;

/**
 * On how many brokers a record of a topic that is created lies.
 *
 * @param factor replicas of each partition
 * @param minInSync how many must have a record before its writer is told that it is safe
 */
public record Replication(short factor, int minInSync) {

    /** @throws IllegalArgumentException with the remedy, when no record could ever be written */
    public Replication {
        if (factor < 1) {
            throw new IllegalArgumentException("there is no topic with " + factor
                    + " replicas: set tidemark.replication-factor to 1 or more, usually 3");
        }
        if (minInSync < 1 || minInSync > factor) {
            throw new IllegalArgumentException("of " + factor + " replicas " + minInSync
                    + " cannot be in step: set tidemark.min-in-sync-replicas to between 1 and "
                    + "tidemark.replication-factor, usually one less than it");
        }
    }

    /**
     * As it is set.
     *
     * @param minInSync empty: one less than there are replicas, so that one broker may be away, and never less than one
     */
    public static Replication of(short factor, Optional<Integer> minInSync) {
        return new Replication(factor, minInSync.orElse(Math.max(1, factor - 1)));
    }
}
