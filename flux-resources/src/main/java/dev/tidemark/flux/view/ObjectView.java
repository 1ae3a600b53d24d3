package dev.tidemark.flux.view;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.Shadow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Objects as people see them, in a folder or a cluster: what is in force, with what was asked for by command laid over it
 * and its status, and what was rendered. Every answer is of its own moment.
 *
 * <p>All methods throw {@link java.io.UncheckedIOException} where what they need is there and cannot be read.
 */
public interface ObjectView {

    /**
     * Objects of a kind, by namespace and name.
     *
     * @param kind one that Tidemark serves, or any that was rendered
     * @param namespace the only one that is asked about, empty for all
     */
    List<Tree> list(String kind, String namespace);

    /** Those of all namespaces. */
    default List<Tree> list(String kind) {
        return list(kind, "");
    }

    Optional<Tree> find(ResourceId id);

    /**
     * To whom an object is left, since it works on it; empty where that is nobody but Tidemark.
     *
     * @param listed an object as this has listed it
     */
    default Optional<String> leftTo(Tree listed) {
        return Optional.of(listed.text("metadata", "annotations", Shadow.ANNOTATION))
                .filter(manager -> !manager.isEmpty());
    }

    /** Whether an object counts, whatever its status says. */
    boolean isInForce(ResourceId id);

    /** The names of the kinds that were rendered. */
    Set<String> renderedKinds();

    /**
     * What happened to all objects, the newest last.
     *
     * @param namespace the only one that is asked about, empty for all
     */
    List<ResourceEvent> events(String namespace);

    /** What happened to one object, the newest last. */
    List<ResourceEvent> events(ResourceId id);

    /** How long to wait between two looks: as often as people see, and as seldom as it costs. */
    Duration pace();

    /** Tells when objects may have changed, until it is closed. */
    interface Changes extends AutoCloseable {

        /** Waits until something may have, since this was last asked. */
        void await() throws InterruptedException;

        @Override
        default void close() {}
    }

    /**
     * Follows objects: a look that is taken from now on, and after each {@link Changes#await}, misses nothing for long.
     *
     * @param kinds as for {@link #list(String, String)}
     */
    Changes changes(Collection<String> kinds, String namespace);

    /** What the source of the objects says of itself. */
    SourceState source();
}
