package dev.tidemark.flux.status;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where status is kept: a file for each resource, or the status subresource. What it is asked it does at once, so
 * services go through a publisher, which waits in their place.
 *
 * <p>All methods throw {@link java.io.UncheckedIOException} where the store cannot be used now.
 */
public interface StatusStore {

    /**
     * A status and which one it is.
     *
     * @param version another one with every write; null where there is no status
     * @param uid of the object that it is of; null where that is not known
     */
    record Stored<T>(
            Optional<T> status,
            @Nullable String version,
            @Nullable String uid) {

        /** The status, if it is one of this object and not of an earlier one that had its name. */
        public Optional<T> of(Resource<?> resource) {
            return uid == null || uid.equals(resource.metadata().uid()) ? status : Optional.empty();
        }
    }

    /** What became of a write. */
    enum Outcome {
        WRITTEN,
        /** It says that already. */
        UNCHANGED,
        /** Somebody else wrote meanwhile: nothing was written. */
        CONFLICT,
        /** There is no such resource, or another one has its name by now. */
        GONE
    }

    /** The live status; one that cannot be read is none. */
    <T> Stored<T> read(ResourceId id, Class<T> type);

    /**
     * Writes a status.
     *
     * @param expected the version that it was worked out from
     */
    Outcome write(Resource<?> resource, Object status, @Nullable String expected);

    /**
     * Has a resource whose deletion is asked for wait until its status is removed: whoever has made something for it knows
     * from there what. Where a status outlives its resource nothing has to be done.
     */
    default void keep(Resource<?> resource) {}

    /**
     * How long a status for which nobody waits ({@link Awaited}) is held back for more to be said of its resource: not at
     * all where a write costs nobody anything.
     */
    default Duration pause() {
        return Duration.ZERO;
    }

    /**
     * What {@link #keep} keeps, now that its deletion is asked for, as it was declared last; empty where nobody knows that
     * any more.
     */
    default Optional<Resource<?>> kept(ResourceId id) {
        return Optional.empty();
    }

    /** Removes the status of a resource that is gone, where it does not go by itself. */
    void remove(ResourceId id);

    /** The resources of a kind that have a status and may be gone: none where a status goes with its resource. */
    Set<ResourceId> leftBehind(Kind<?> kind);
}
