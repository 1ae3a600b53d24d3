package dev.tidemark.cli.objects;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.InForce;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.cli.tree.FileText;
import dev.tidemark.cli.tree.Tree;
import dev.tidemark.cli.tree.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Objects as a cluster would show them, put together from what is declared in the manifests, the status that the
 * services wrote, and what ResourceSets rendered.
 */
public final class ObjectStore {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final StateFolder state;
    private final Overrides overrides;

    public ObjectStore(StateFolder state) {
        this.state = state;
        this.overrides = new Overrides(state);
    }

    /** Objects of a kind, sorted by namespace and name. */
    public List<Tree> list(ObjectKind kind) {
        Map<String, Tree> found = new TreeMap<>();
        for (Path namespace : children(state.objects())) {
            yamlFiles(namespace.resolve(kind.name())).forEach(file -> read(file).forEach(object -> put(found, object)));
        }
        for (Tree declared : declared(kind)) {
            put(found, declared);
        }
        for (Path namespace : children(state.status().resolve(kind.name()))) {
            yamlFiles(namespace).forEach(file -> read(file).forEach(withStatus -> {
                Tree declared = found.get(key(withStatus));
                put(found, declared == null ? overrides.applyTo(withStatus) : merge(declared, withStatus));
            }));
        }
        return List.copyOf(found.values());
    }

    public Optional<Tree> find(ObjectKind kind, String namespace, String name) {
        return list(kind).stream()
                .filter(o -> o.namespace().equals(namespace) && o.name().equals(name))
                .findFirst();
    }

    /** The names of the kinds that were rendered. */
    public Set<String> renderedKinds() {
        Set<String> kinds = new TreeSet<>();
        for (Path namespace : children(state.objects())) {
            children(namespace).forEach(kind -> kinds.add(kind.getFileName().toString()));
        }
        return kinds;
    }

    /** Objects of a kind in the manifests, without status; of two with one name the one in force. */
    private List<Tree> declared(ObjectKind kind) {
        Map<String, Tree> found = new TreeMap<>();
        InForce inForce = state.inForce();
        for (Path root : state.run().manifests()) {
            for (Path file : yamlFiles(root)) {
                for (Tree object : read(file)) {
                    if (object.kind().equals(kind.name())
                            && object.text("apiVersion").startsWith(kind.group() + '/')
                            && inForce.counts(object, file)) {
                        found.putIfAbsent(key(object), overrides.applyTo(object));
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** What is declared now with the status that was written last, in the preferred version. */
    private static Tree merge(Tree declared, Tree withStatus) {
        Map<String, Object> metadata = new TreeMap<>();
        if (withStatus.find("metadata") instanceof Map<?, ?> identity) {
            identity.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        metadata.remove("labels");
        metadata.remove("annotations");
        if (declared.find("metadata") instanceof Map<?, ?> own) {
            own.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        return withStatus.with("metadata", metadata).with("spec", declared.find("spec"));
    }

    private static void put(Map<String, Tree> found, Tree object) {
        found.put(key(object), object);
    }

    private static String key(Tree object) {
        return object.namespace() + '/' + object.name();
    }

    /** An unreadable manifest is the services' business to report; it hides nothing else here. */
    private static List<Tree> read(Path file) {
        try {
            return Yaml.documents(FileText.read(file));
        } catch (IOException | RuntimeException goneOrBroken) {
            return List.of();
        }
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static List<Path> yamlFiles(Path root) {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(root)) {
            return new ArrayList<>(
                    paths.filter(ObjectStore::isManifest).sorted().toList());
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    private static boolean isManifest(Path path) {
        String name = String.valueOf(path.getFileName());
        return ENDINGS.stream().anyMatch(name::endsWith) && !name.startsWith(".") && Files.isRegularFile(path);
    }

    private static UserError unreadable(Path folder, IOException e) {
        return new UserError(folder + " cannot be read: check who owns it (" + e.getMessage() + ").", e);
    }
}
