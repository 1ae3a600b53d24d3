package dev.tidemark.cli.state;

import dev.tidemark.cli.tree.Tree;
import dev.tidemark.cli.tree.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the services say of the manifests.
 *
 * @param unreadable somebody has to act: it is not read, and what was read earlier stays in force
 * @param warnings it is read, but holds what nobody reads
 * @param ignored kinds that Tidemark does not serve
 */
public record ManifestProblems(List<Problem> unreadable, List<Problem> warnings, List<Problem> ignored) {

    static final ManifestProblems NONE = new ManifestProblems(List.of(), List.of(), List.of());

    /** @param where file and line */
    public record Problem(String where, String message) {}

    /** None where nothing has run yet. */
    static ManifestProblems read(Path file) {
        try {
            List<Problem> unreadable = new ArrayList<>();
            List<Problem> warnings = new ArrayList<>();
            List<Problem> ignored = new ArrayList<>();
            for (Tree document : Yaml.documents(Files.readString(file))) {
                if (document.find("problems") instanceof List<?> problems) {
                    for (Object problem : problems) {
                        if (problem instanceof Map<?, ?> map) {
                            Tree tree = Tree.of(map);
                            List<Problem> kind =
                                    switch (tree.text("severity")) {
                                        case "IGNORED" -> ignored;
                                        case "WARNING" -> warnings;
                                        default -> unreadable;
                                    };
                            kind.add(new Problem(tree.text("where"), tree.text("message")));
                        }
                    }
                }
            }
            return new ManifestProblems(unreadable, warnings, ignored);
        } catch (IOException | IllegalArgumentException absent) {
            return NONE;
        }
    }
}
