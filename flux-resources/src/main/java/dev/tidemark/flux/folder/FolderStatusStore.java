package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.StatusStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Status as one YAML file per resource, {@code Kind/namespace/name.yaml}: the whole object, as kubectl would show it. */
public final class FolderStatusStore implements StatusStore {

    private final Path folder;
    private final Map<ResourceId, String> written = new ConcurrentHashMap<>();

    public FolderStatusStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public <T> Optional<T> read(ResourceId id, Class<T> type) {
        try {
            JsonNode object = FluxJson.yaml().readTree(file(id).toFile());
            return Optional.ofNullable(FluxJson.json().treeToValue(object.path("status"), type));
        } catch (IOException absentOrBroken) {
            return Optional.empty();
        }
    }

    @Override
    public void write(Resource<?> resource, Object status) {
        try {
            String text = FluxJson.yaml().writeValueAsString(object(resource, status));
            if (!text.equals(written.put(resource.id(), text))) {
                replace(file(resource.id()), text);
            }
        } catch (IOException e) {
            written.remove(resource.id());
            throw new UncheckedIOException("the status of " + resource.id() + " could not be written", e);
        }
    }

    @Override
    public void remove(ResourceId id) {
        written.remove(id);
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException("the status of " + id + " could not be removed", e);
        }
    }

    private Path file(ResourceId id) {
        return folder.resolve(id.kind()).resolve(id.namespace()).resolve(id.name() + ".yaml");
    }

    private static ObjectNode object(Resource<?> resource, Object status) {
        ObjectNode object = FluxJson.json().createObjectNode();
        object.put("apiVersion", resource.kind().apiVersion());
        object.put("kind", resource.kind().name());
        object.set("metadata", metadata(resource.metadata()));
        if (!resource.kind().contentField().isEmpty()) {
            object.set(resource.kind().contentField(), FluxJson.json().valueToTree(resource.spec()));
        }
        object.set("status", FluxJson.json().valueToTree(status));
        return object;
    }

    private static ObjectNode metadata(Metadata metadata) {
        ObjectNode node = FluxJson.json().createObjectNode();
        node.put("name", metadata.name());
        node.put("namespace", metadata.namespace());
        if (!metadata.labels().isEmpty()) {
            node.set("labels", FluxJson.json().valueToTree(metadata.labels()));
        }
        if (!metadata.annotations().isEmpty()) {
            node.set("annotations", FluxJson.json().valueToTree(metadata.annotations()));
        }
        node.put("uid", metadata.uid());
        node.put("generation", metadata.generation());
        node.put("resourceVersion", metadata.resourceVersion());
        return node;
    }

    /** Readers see the old file or the new one, never half of one. */
    private static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(draft, text);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException removedMeanwhile) {
            Files.writeString(file, text);
        }
    }
}
