package dev.tidemark.runtime.partition;

import java.time.Instant;

/**
 * Where a partition stands in one epoch. Legal successors: loading → active, failed, closed; failed → loading, closed;
 * active → closed. A closed one has none: the partition's next assignment is another epoch.
 */
public sealed interface PartitionState<S extends Shard> {

    Epoch epoch();

    /** What is known of the partition is being read. */
    record Loading<S extends Shard>(Epoch epoch, S shard, int attempt) implements PartitionState<S> {

        Active<S> loaded() {
            return new Active<>(epoch, shard);
        }

        Failed<S> failed(Throwable cause, Instant nextTry) {
            return new Failed<>(epoch, attempt, cause, nextTry);
        }
    }

    /** Its work is done here. */
    record Active<S extends Shard>(Epoch epoch, S shard) implements PartitionState<S> {}

    /** It could not be read, and will be tried again. */
    record Failed<S extends Shard>(Epoch epoch, int attempt, Throwable cause, Instant nextTry)
            implements PartitionState<S> {

        Loading<S> again(S shard) {
            return new Loading<>(epoch, shard, attempt + 1);
        }
    }
}
