package dev.tidemark.cli.objects;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.OwnFile;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.cli.tree.Tree;
import dev.tidemark.cli.tree.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was asked for by command and is laid over the manifests, as a cluster's object differs from its manifest after
 * {@code kubectl annotate}. The manifests themselves stay untouched. One file per object, {@code
 * Kind/namespace/name.yaml}: {@code metadata.annotations} and {@code spec.suspend}.
 */
public final class Overrides {

    /** Flux' annotation: a new value asks for a run now. */
    public static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    private final Path folder;

    public Overrides(StateFolder state) {
        this.folder = state.root().resolve("overrides");
    }

    /** Asks for a run. */
    public void request(Tree object, String requestedAt) {
        annotate(object, Map.of(REQUESTED_AT, requestedAt));
    }

    /** In the way of its kind; the one that the manifest says otherwise, too. */
    public void suspend(Tree object, boolean suspended) {
        Map<String, String> annotations = Suspension.annotations(object, suspended);
        if (annotations.isEmpty()) {
            write(object, read(object).with("spec", Map.of("suspend", suspended)));
        } else {
            annotate(object, annotations);
        }
    }

    private void annotate(Tree object, Map<String, String> more) {
        Map<String, Object> annotations = new LinkedHashMap<>(read(object).texts("metadata", "annotations"));
        annotations.putAll(more);
        write(object, read(object).with("metadata", Map.of("annotations", annotations)));
    }

    /** The object as it counts. */
    Tree applyTo(Tree object) {
        Tree override = read(object);
        return override.members().isEmpty() ? object : new Tree(merge(object.members(), override.members()));
    }

    private Tree read(Tree object) {
        try {
            List<Tree> documents = Yaml.documents(Files.readString(file(object)));
            return documents.isEmpty() ? new Tree(Map.of()) : documents.getFirst();
        } catch (IOException | IllegalArgumentException absent) {
            return new Tree(Map.of());
        }
    }

    private void write(Tree object, Tree override) {
        Path file = file(object);
        try {
            Files.createDirectories(folder.resolve(object.kind()).resolve(object.namespace()));
            OwnFile.write(file, Yaml.write(override.members()));
        } catch (IOException e) {
            throw new UserError(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private Path file(Tree object) {
        return folder.resolve(object.kind()).resolve(object.namespace()).resolve(object.name() + ".yaml");
    }

    private static Map<String, Object> merge(Map<?, ?> below, Map<?, ?> above) {
        Map<String, Object> merged = new LinkedHashMap<>();
        below.forEach((key, value) -> merged.put(String.valueOf(key), value));
        above.forEach((key, value) -> {
            String name = String.valueOf(key);
            merged.put(
                    name,
                    value instanceof Map<?, ?> inner && merged.get(name) instanceof Map<?, ?> before
                            ? merge(before, inner)
                            : value);
        });
        return merged;
    }
}
