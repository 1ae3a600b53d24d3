package dev.tidemark.cli.state;

import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What all-in-one leaves for the commands when it is ready: which manifests count.
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
}
