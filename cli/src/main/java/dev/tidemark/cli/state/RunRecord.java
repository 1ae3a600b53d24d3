package dev.tidemark.cli.state;

import dev.tidemark.flux.view.Tree;
import dev.tidemark.go.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        var content = Map.of("manifests", manifests.stream().map(Path::toString).toList());
        OwnFile.write(file, JsonWriter.indented(content) + "\n");
    }
}
