package dev.tidemark.cli.state;

import dev.tidemark.cli.tree.Tree;
import dev.tidemark.cli.tree.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which manifest each object in force comes from, as the services wrote it down.
 *
 * @param sources file by {@code Kind/namespace/name}; empty where nothing has run yet
 */
public record InForce(Map<String, String> sources) {

    static InForce read(Path file) {
        try {
            List<Tree> documents = Yaml.documents(Files.readString(file));
            Map<String, String> sources = new HashMap<>();
            if (!documents.isEmpty()) {
                documents.getFirst().members().forEach((id, source) -> sources.put(id, String.valueOf(source)));
            }
            return new InForce(sources);
        } catch (IOException | IllegalArgumentException absent) {
            return new InForce(Map.of());
        }
    }

    /** Whether the declaration of an object in that file is the one that counts. */
    public boolean counts(Tree object, Path file) {
        return sources.isEmpty()
                || file.toString().equals(sources.get(object.kind() + '/' + object.namespace() + '/' + object.name()));
    }
}
