package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.source.RunRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resources as declared, with what was asked for by command laid over them: annotations (a requested run) and {@code
 * suspend}, as a cluster's object differs from its manifest after {@code kubectl annotate}. One file per object, {@code
 * Kind/namespace/name.yaml}, holding the members that differ.
 */
public final class OverriddenResources implements ResourceSource, RunRequests, AutoCloseable {

    /** Somebody waits for the effect of a command; where the system does not notify. */
    private static final Duration POLL = Duration.ofMillis(100);

    /** Lies beside the overrides: which manifest each object comes from. */
    private static final String MEMORY = "in-force.json";

    private final FolderResources declared;
    private final Path folder;
    private final CopyOnWriteArrayList<Consumer<ResourceSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Registration registration;
    private final OldFolderWatch watch = new OldFolderWatch(POLL);
    private Map<ResourceId, String> overrides = Map.of();

    /** The declarations that {@code current} shows; they change rarely and are looked at often. */
    private @Nullable ResourceSnapshot laidOver;

    private volatile ResourceSnapshot current = ResourceSnapshot.EMPTY;

    private OverriddenResources(FolderResources declared, Path folder) {
        this.declared = declared;
        this.folder = folder;
        this.registration = declared.onChange(_ -> refresh());
    }

    /**
     * Reads everything and begins to watch.
     *
     * @param roots directories or files of manifests
     * @param folder of the overrides; need not exist
     */
    public static OverriddenResources open(List<Path> roots, Path folder) {
        return open(roots, folder, false);
    }

    /** @param strict whether unknown members of a manifest are an error */
    public static OverriddenResources open(List<Path> roots, Path folder, boolean strict) {
        FolderResources declared = FolderResources.open(roots, folder.resolveSibling(MEMORY), strict);
        OverriddenResources resources = new OverriddenResources(declared, folder);
        resources.refresh();
        resources.watch.start("overridden-resources", () -> {
            resources.refresh();
            return resources.folders();
        });
        return resources;
    }

    @Override
    public ResourceSnapshot current() {
        return current;
    }

    @Override
    public Registration onChange(Consumer<ResourceSnapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized void annotate(ResourceId id, Map<String, String> annotations) {
        Path file = folder.resolve(id.kind()).resolve(id.namespace()).resolve(id.name() + ".yaml");
        Path draft = file.resolveSibling("." + file.getFileName() + ".requested");
        try {
            Files.createDirectories(file.getParent());
            JsonNode before = Files.exists(file) ? FluxJson.readYaml(Files.readString(file)) : null;
            ObjectNode override = before instanceof ObjectNode members
                    ? members
                    : FluxJson.json().createObjectNode();
            ObjectNode target = override.withObject("metadata").withObject("annotations");
            annotations.forEach(target::put);
            Files.writeString(draft, FluxJson.writeYaml(override));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    /** The folder itself may come later: it is looked for in the one that it will be in. */
    private Set<Path> folders() {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            return parent != null && Files.isDirectory(parent) ? Set.of(parent) : Set.of();
        }
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.filter(Files::isDirectory).collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException unreadable) {
            return Set.of();
        }
    }

    /** The same object means the same declarations: comparing thousands of them is what is saved. */
    @SuppressWarnings("ReferenceEquality")
    private synchronized void refresh() {
        Map<ResourceId, String> read = read();
        ResourceSnapshot below = declared.current();
        if (below == laidOver && read.equals(overrides)) {
            return;
        }
        overrides = read;
        laidOver = below;
        Map<ResourceId, Resource<?>> resources = new HashMap<>(below.resources());
        overrides.forEach((id, text) -> resources.computeIfPresent(id, (_, resource) -> override(resource, text)));
        ResourceSnapshot next = new ResourceSnapshot(resources, below.problems());
        if (!next.equals(current)) {
            current = next;
            listeners.forEach(listener -> FolderResources.tell(listener, next));
        }
    }

    /** A folder that cannot be read keeps what it said; there are as many files as commands were given, so few. */
    private Map<ResourceId, String> read() {
        if (!Files.isDirectory(folder)) {
            return Map.of();
        }
        Map<ResourceId, String> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder, 3)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path path = folder.relativize(file);
                String name = path.getFileName().toString();
                if (path.getNameCount() == 3 && name.endsWith(".yaml")) {
                    found.put(
                            new ResourceId(
                                    path.getName(0).toString(),
                                    path.getName(1).toString(),
                                    name.substring(0, name.length() - ".yaml".length())),
                            Files.readString(file));
                }
            }
            return found;
        } catch (IOException | UncheckedIOException unreadable) {
            return overrides;
        }
    }

    /** An override that cannot be read, or makes no valid resource, changes nothing. */
    private static Resource<?> override(Resource<?> resource, String text) {
        try {
            JsonNode above = FluxJson.readYaml(text);
            ObjectNode object = object(resource);
            above.path("metadata").path("annotations").properties().forEach(a -> object.withObject("metadata")
                    .withObject("annotations")
                    .set(a.getKey(), a.getValue()));
            JsonNode suspend = above.path("spec").path("suspend");
            if (suspend.isBoolean() && !resource.kind().contentField().isEmpty()) {
                object.withObject(resource.kind().contentField()).set("suspend", suspend);
            }
            return ResourceReader.read(object) instanceof ResourceReader.Outcome.Read read ? read.resource() : resource;
        } catch (IOException | RuntimeException broken) {
            return resource;
        }
    }

    private static ObjectNode object(Resource<?> resource) {
        Metadata metadata = resource.metadata();
        ObjectNode object = FluxJson.json().createObjectNode();
        object.put("apiVersion", resource.kind().apiVersion());
        object.put("kind", resource.kind().name());
        ObjectNode head = object.putObject("metadata");
        head.put("name", metadata.name());
        head.put("namespace", metadata.namespace());
        head.put("uid", metadata.uid());
        head.set("labels", FluxJson.json().valueToTree(metadata.labels()));
        head.set("annotations", FluxJson.json().valueToTree(metadata.annotations()));
        object.set(resource.kind().contentField(), FluxJson.json().valueToTree(resource.spec()));
        return object;
    }

    @Override
    public void close() {
        watch.close();
        registration.close();
        declared.close();
    }
}
