package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
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
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder, 3)) {
                for (Path file : (Iterable<Path>) all::iterator) {
                    Path path = folder.relativize(file);
                    String name = path.getFileName().toString();
                    if (path.getNameCount() == 3 && name.endsWith(".yaml") && !name.startsWith(".")) {
                        read.put(
                                new ResourceId(
                                        path.getName(0).toString(),
                                        path.getName(1).toString(),
                                        name.substring(0, name.length() - ".yaml".length())),
                                Files.readString(file));
                    }
                }
            } catch (IOException | UncheckedIOException unreadable) {
                return Set.of();
            }
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
        try {
            JsonNode before = Files.exists(files.of(id)) ? files.read(id) : null;
            ObjectNode override = before instanceof ObjectNode members
                    ? members
                    : FluxJson.json().createObjectNode();
            ObjectNode target = override.withObject("metadata").withObject("annotations");
            annotations.forEach(target::put);
            files.replace(id, FluxJson.writeYaml(override));
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
            JsonNode above = FluxJson.readYaml(text);
            ObjectNode object = ResourceWriter.write(resource);
            above.path("metadata").path("annotations").properties().forEach(a -> object.withObject("metadata")
                    .withObject("annotations")
                    .set(a.getKey(), a.getValue()));
            JsonNode suspend = above.path("spec").path("suspend");
            if (suspend.isBoolean() && !resource.kind().contentField().isEmpty()) {
                object.withObject(resource.kind().contentField()).set("suspend", suspend);
                // as if the spec itself said so
                object.withObject("metadata").remove("generation");
            }
            object.withObject("metadata").remove("resourceVersion");
            return ResourceReader.read(object) instanceof ResourceReader.Outcome.Read read ? read.resource() : resource;
        } catch (IOException | RuntimeException broken) {
            return resource;
        }
    }
}
