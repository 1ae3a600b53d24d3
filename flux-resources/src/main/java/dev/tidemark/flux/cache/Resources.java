package dev.tidemark.flux.cache;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is declared now, of the kinds that a service named. Every answer is of its own moment: whoever needs several of one
 * moment compares again before the effect, and is told of each change.
 *
 * <p>All methods throw {@link IllegalArgumentException} for a kind that was not named, as an API server would refuse it.
 */
public interface Resources {

    /** The kinds that were named. */
    Set<Kind<?>> kinds();

    <S> Optional<Resource<S>> find(Kind<S> kind, String namespace, String name);

    /** Whatever kind it is; empty also for a kind that nobody knows. */
    Optional<Resource<?>> find(ResourceId id);

    /** All of a kind, by namespace and name. Costs what there is. */
    <S> List<Resource<S>> all(Kind<S> kind);

    /** All of a kind in one namespace, by name. */
    <S> List<Resource<S>> all(Kind<S> kind, String namespace);

    /** Those that are found under a key of an index, by namespace and name. */
    <S> List<Resource<S>> all(Index<S> index, String key);

    /**
     * Whether everything that is declared has been read once, also when nothing can be read just now. Until then what is
     * missing may only be unread.
     */
    boolean isComplete();

    /**
     * Whether a resource that exists elsewhere (in the log, as objects, as a status) and is not here was deleted. False for
     * what is here, for everything until this {@linkplain #isComplete is complete}, and as long as the source cannot tell:
     * then a deletion is told of when it can, and from then on this is true.
     */
    boolean isGone(ResourceId id);

    /**
     * Calls a listener with changes, on the loop of this cache and never on the source's thread: the answers of this
     * already show them. One change for each resource, however often it changed meanwhile. The listener hands them on and
     * ends at once. What is here already is not told of.
     */
    Registration onChange(Consumer<List<Change>> listener);
}
