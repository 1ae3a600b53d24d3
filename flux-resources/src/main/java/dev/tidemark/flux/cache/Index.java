package dev.tidemark.flux.cache;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import java.util.Set;
import java.util.function.Function;

/**
 * A reference by which resources of a kind are asked for, such as the repository of a policy. Each is itself: two with the
 * same members are two.
 */
public final class Index<S> {

    private final Kind<S> kind;
    private final Function<Resource<S>, Set<String>> keys;

    /**
     * @param keys what a resource is found under; a function of the resource alone. A resource for which it throws is found
     *     under nothing: whatever is wrong with it shows where it is worked on
     */
    public Index(Kind<S> kind, Function<Resource<S>, Set<String>> keys) {
        this.kind = kind;
        this.keys = keys;
    }

    public Kind<S> kind() {
        return kind;
    }

    Set<String> keys(Resource<?> resource) {
        try {
            return resource.as(kind).map(keys).orElse(Set.of());
        } catch (RuntimeException unreadable) {
            return Set.of();
        }
    }
}
