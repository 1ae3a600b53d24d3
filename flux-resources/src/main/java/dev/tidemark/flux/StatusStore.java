package dev.tidemark.flux;

import java.util.Optional;

/** Where status goes: a file per resource, or the status subresource. Off the critical path. */
public interface StatusStore {

    /** The status last written, if there is one and it can be read. */
    <T> Optional<T> read(ResourceId id, Class<T> type);

    /** Writes a status when it differs from the one last written. */
    void write(Resource<?> resource, Object status);

    /**
     * Tells people of something that no condition says, such as a push. A change of readiness is told by {@link #write}.
     * A store without a place for events drops it.
     */
    default void tell(Resource<?> resource, String reason, String message) {}

    /** Removes the status of a resource that is gone. */
    void remove(ResourceId id);
}
