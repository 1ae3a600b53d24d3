package dev.tidemark.flux.folder;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.folder.ManifestReader.Content;
import dev.tidemark.flux.folder.ManifestReader.Declared;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which manifests declare an object, right now. */
final class DeclaredObjects {

    private static final SortedMap<Path, Declared> NOWHERE = Collections.unmodifiableSortedMap(new TreeMap<>());

    private final ManifestTree tree;
    private final Map<ResourceId, SortedMap<Path, Declared>> objects = new HashMap<>();
    private final Map<Path, Set<ResourceId>> named = new HashMap<>();
    private final Map<ResourceId, Set<Path>> refused = new HashMap<>();
    private final Set<ResourceId> contested = new TreeSet<>();

    DeclaredObjects(ManifestTree tree) {
        this.tree = tree;
    }

    /** Takes in what files say now; returns the objects that they name or named before, also where they name them wrongly. */
    Set<ResourceId> update(Set<Path> files) {
        Set<ResourceId> concerned = new HashSet<>();
        for (Path file : files) {
            Set<ResourceId> before = named.getOrDefault(file, Set.of());
            before.forEach(id -> remove(id, file));
            before.forEach(id -> refused.computeIfPresent(id, (_, where) -> {
                where.remove(file);
                return where.isEmpty() ? null : where;
            }));
            concerned.addAll(before);
            Set<ResourceId> now = tree.named(file);
            concerned.addAll(now);
            if (now.isEmpty()) {
                named.remove(file);
            } else {
                named.put(file, now);
            }
            Content content = tree.content(file);
            if (content != null) {
                content.refused().forEach(id -> refused.computeIfAbsent(id, _ -> new HashSet<>())
                        .add(file));
                content.declared()
                        .forEach(one -> objects.computeIfAbsent(one.resource().id(), _ -> new TreeMap<>())
                                .put(file, one));
            }
        }
        concerned.forEach(this::compare);
        return concerned;
    }

    private void remove(ResourceId id, Path file) {
        objects.computeIfPresent(id, (_, where) -> {
            where.remove(file);
            return where.isEmpty() ? null : where;
        });
    }

    private void compare(ResourceId id) {
        if (of(id).size() > 1) {
            contested.add(id);
        } else {
            contested.remove(id);
        }
    }

    /** By file; empty where nothing declares it. */
    SortedMap<Path, Declared> of(ResourceId id) {
        return objects.getOrDefault(id, NOWHERE);
    }

    /** Whether a file declares it wrongly. */
    boolean isRefused(ResourceId id) {
        return refused.containsKey(id);
    }

    /** Those that several files declare. */
    Set<ResourceId> contested() {
        return contested;
    }
}
