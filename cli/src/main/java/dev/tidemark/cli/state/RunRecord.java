package dev.tidemark.cli.state;

import dev.tidemark.cli.tree.Json;
import dev.tidemark.cli.tree.Tree;
import dev.tidemark.cli.tree.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command that started all-in-one leaves for the others: which manifests count.
 *
 * @param manifests absolute folders, the first one first
 */
public record RunRecord(List<Path> manifests) {

    static final RunRecord NONE = new RunRecord(List.of());

    static RunRecord read(Path file) {
        try {
            List<Tree> documents = Yaml.documents(Files.readString(file));
            if (!documents.isEmpty() && documents.getFirst().find("manifests") instanceof List<?> folders) {
                return new RunRecord(folders.stream()
                        .map(folder -> Path.of(String.valueOf(folder)))
                        .toList());
            }
            return NONE;
        } catch (IOException | IllegalArgumentException absent) {
            return NONE;
        }
    }

    void write(Path file) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("manifests", manifests.stream().map(Path::toString).toList());
        OwnFile.write(file, Json.pretty(content) + "\n");
    }
}
