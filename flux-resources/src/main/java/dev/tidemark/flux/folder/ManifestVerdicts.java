package dev.tidemark.flux.folder;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with the manifests of objects that have a status to say it in. */
record ManifestVerdicts(Map<ResourceId, List<Problem>> byObject) {

    static final ManifestVerdicts NONE = new ManifestVerdicts(Map.of());

    static ManifestVerdicts of(List<Problem> problems) {
        return new ManifestVerdicts(problems.stream()
                .filter(problem -> problem.object() != null && hasStatus(problem.object()))
                .collect(Collectors.groupingBy(problem -> problem.object())));
    }

    private static boolean hasStatus(ResourceId id) {
        return Kinds.all().stream()
                .anyMatch(kind ->
                        kind.name().equals(id.kind()) && kind.contentField().equals("spec"));
    }

    List<Problem> of(ResourceId id) {
        return byObject.getOrDefault(id, List.of());
    }

    boolean isRefused(ResourceId id) {
        return of(id).stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** The objects of which something else was said. */
    Set<ResourceId> differingFrom(ManifestVerdicts before) {
        Set<ResourceId> all = new HashSet<>(byObject.keySet());
        all.addAll(before.byObject.keySet());
        all.removeIf(id -> of(id).equals(before.of(id)));
        return all;
    }
}
