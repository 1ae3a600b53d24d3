package dev.tidemark.cli.state;

import dev.tidemark.cli.tree.Json;
import dev.tidemark.flux.view.Tree;
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
            return new RunRecord(Tree.parse(Files.readString(file)).list("manifests").stream()
                    .map(Path::of)
                    .toList());
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
