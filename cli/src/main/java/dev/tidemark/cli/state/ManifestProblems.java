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
 * @param unreadable somebody has to act
 * @param ignored kinds that Tidemark does not serve
 */
public record ManifestProblems(List<Problem> unreadable, List<Problem> ignored) {

    static final ManifestProblems NONE = new ManifestProblems(List.of(), List.of());

    /** @param where file and line */
    public record Problem(String where, String message) {}

    /** None where nothing has run yet. */
    static ManifestProblems read(Path file) {
        try {
            List<Problem> unreadable = new ArrayList<>();
            List<Problem> ignored = new ArrayList<>();
            for (Tree document : Yaml.documents(Files.readString(file))) {
                if (document.find("problems") instanceof List<?> problems) {
                    for (Object problem : problems) {
                        if (problem instanceof Map<?, ?> map) {
                            Tree tree = Tree.of(map);
                            (tree.text("severity").equals("IGNORED") ? ignored : unreadable)
                                    .add(new Problem(tree.text("where"), tree.text("message")));
                        }
                    }
                }
            }
            return new ManifestProblems(unreadable, ignored);
        } catch (IOException | IllegalArgumentException absent) {
            return NONE;
        }
    }
}
