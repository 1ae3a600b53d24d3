package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceWriter;
import dev.tidemark.flux.view.Suspension;
import dev.tidemark.flux.view.Tree;
import dev.tidemark.go.yaml.write.YamlWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was asked for by command and lies over what is declared: annotations (a requested run) and {@code suspend}, as a
 * cluster's object differs from its manifest after {@code kubectl annotate}. One file for each object, {@code
 * Kind/namespace/name.yaml}, holding the members that differ; there are as many as commands were given, so few.
 */
final class Overrides {

    private static final List<String> SUSPEND = List.of("spec", "suspend");

    private final Path folder;
    private final ResourceFiles files;
    private Map<ResourceId, String> texts = Map.of();

    /** @param folder need not exist */
    Overrides(Path folder) {
        this.folder = folder;
        this.files = new ResourceFiles(folder);
    }

    /** Reads all of them; returns the objects whose override differs. A folder that cannot be read keeps what it said. */
    Set<ResourceId> refresh() {
        Map<ResourceId, String> read = new HashMap<>();
        try {
            for (ResourceId id : files.below(folder)) {
                String text = files.text(id);
                if (text != null) {
                    read.put(id, text);
                }
            }
        } catch (IOException unreadable) {
            return Set.of();
        }
        Set<ResourceId> changed = new HashSet<>(texts.keySet());
        changed.addAll(read.keySet());
        changed.removeIf(id -> read.containsKey(id) && read.get(id).equals(texts.get(id)));
        texts = read;
        return changed;
    }

    /** Where a change shows. */
    Set<Path> folders() {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.filter(Files::isDirectory).collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException unreadable) {
            return Set.of();
        }
    }

    /**
     * Lays annotations over an object; returns when they are stored.
     *
     * @throws UncheckedIOException when they cannot be
     */
    void annotate(ResourceId id, Map<String, String> annotations) {
        Tree before = written(id);
        Map<String, String> all = before.texts("metadata", "annotations");
        all.putAll(annotations);
        write(id, before.with("metadata", Map.of("annotations", all)));
    }

    /**
     * Takes an annotation away that lies over an object; returns when that is stored.
     *
     * @throws UncheckedIOException when it cannot be
     */
    void withdraw(ResourceId id, String annotation) {
        Tree before = written(id);
        Map<String, String> all = before.texts("metadata", "annotations");
        if (all.remove(annotation) != null) {
            write(id, before.with("metadata", Map.of("annotations", all)));
        }
    }

    /**
     * Has an object left alone, or looked after again, in the way of its kind; returns when that is stored.
     *
     * @throws UncheckedIOException when it cannot be
     */
    void suspend(ResourceId id, boolean suspended) {
        Map<String, String> annotations = Suspension.annotations(id.kind(), suspended);
        if (annotations.isEmpty()) {
            write(id, written(id).with("spec", Map.of("suspend", suspended)));
        } else {
            annotate(id, annotations);
        }
    }

    /** One that cannot be read changes nothing, and is replaced. */
    private Tree written(ResourceId id) {
        try {
            String text = files.text(id);
            return text == null ? Tree.EMPTY : Tree.parse(text);
        } catch (IOException | IllegalArgumentException broken) {
            return Tree.EMPTY;
        }
    }

    private void write(ResourceId id, Tree override) {
        try {
            files.replace(id, YamlWriter.render(override.members()));
        } catch (IOException e) {
            throw new UncheckedIOException(files.of(id) + " cannot be written", e);
        }
    }

    /** The object is gone, and with it what was asked of it. */
    void remove(ResourceId id) {
        try {
            files.remove(id);
        } catch (IOException e) {
            throw new UncheckedIOException(files.of(id) + " cannot be removed", e);
        }
    }

    /** An override that cannot be read, or makes no valid resource, changes nothing. */
    Resource<?> over(Resource<?> resource) {
        String text = texts.get(resource.id());
        if (text == null) {
            return resource;
        }
        try {
            Tree override = Tree.parse(text);
            ObjectNode object = ResourceWriter.write(resource);
            annotations(override).forEach((name, value) -> object.withObject("metadata")
                    .withObject("annotations")
                    .put(name, value));
            if (override.find("spec", "suspend") instanceof Boolean suspend
                    && !resource.kind().contentField().isEmpty()) {
                object.withObject(resource.kind().contentField()).put("suspend", suspend);
                // as if the spec itself said so
                object.withObject("metadata").remove("generation");
            }
            object.withObject("metadata").remove("resourceVersion");
            return ResourceReader.read(object) instanceof ResourceReader.Outcome.Read read ? read.resource() : resource;
        } catch (RuntimeException broken) {
            return resource;
        }
    }

    /** The same of an object as people see it, with what is asked now. */
    Tree over(Tree object) {
        Tree override = written(object.id());
        Tree result = object;
        for (Map.Entry<String, String> annotation : annotations(override).entrySet()) {
            result = result.with(List.of("metadata", "annotations", annotation.getKey()), annotation.getValue());
        }
        return override.find("spec", "suspend") instanceof Boolean suspend ? result.with(SUSPEND, suspend) : result;
    }

    private static Map<String, String> annotations(Tree override) {
        return override.texts("metadata", "annotations");
    }
}
