package dev.tidemark.flux;

import dev.tidemark.flux.source.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is declared at one moment.
 *
 * @param resources by id
 * @param problems what could not be read; resources that were read earlier from the same place stay in force
 */
public record ResourceSnapshot(Map<ResourceId, Resource<?>> resources, List<Problem> problems) {

    public static final ResourceSnapshot EMPTY = new ResourceSnapshot(Map.of(), List.of());

    public ResourceSnapshot {
        resources = Map.copyOf(resources);
        problems = List.copyOf(problems);
    }

    /** All of a kind, by namespace and name. */
    public <S> List<Resource<S>> all(Kind<S> kind) {
        return resources.values().stream()
                .filter(r -> r.kind().equals(kind))
                .map(r -> typed(r, kind))
                .sorted(Comparator.comparing(Resource::id))
                .toList();
    }

    /** All of a kind in one namespace. */
    public <S> List<Resource<S>> all(Kind<S> kind, String namespace) {
        return all(kind).stream().filter(r -> r.namespace().equals(namespace)).toList();
    }

    public <S> Optional<Resource<S>> find(Kind<S> kind, String namespace, String name) {
        return Optional.ofNullable(resources.get(new ResourceId(kind.name(), namespace, name)))
                .map(r -> typed(r, kind));
    }

    private static <S> Resource<S> typed(Resource<?> resource, Kind<S> kind) {
        return new Resource<>(kind, resource.metadata(), kind.content().cast(resource.spec()));
    }
}
