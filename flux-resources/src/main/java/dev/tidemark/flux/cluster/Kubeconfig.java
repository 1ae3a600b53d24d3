package dev.tidemark.flux.cluster;

import dev.tidemark.flux.view.Tree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody wrote into a kubeconfig, looked at before the client takes addresses of its own for what is missing.
 *
 * @param file its name, or those of several that count as one
 * @param parts what is in each: of two with one name the first counts, as for kubectl
 */
record Kubeconfig(String file, List<Tree> parts) {

    private static final String REMEDY = "name another file with --kubeconfig or $KUBECONFIG";

    /** @throws IllegalArgumentException naming it, where one is none */
    static Kubeconfig read(List<Path> files) {
        return new Kubeconfig(
                files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                files.stream().map(Kubeconfig::read).toList());
    }

    private static Tree read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the kubeconfig " + file + " cannot be read: " + REMEDY, unreadable);
        }
        try {
            return Tree.parse(text);
        } catch (IllegalArgumentException noYaml) {
            throw new IllegalArgumentException(
                    file + " is no kubeconfig, but " + noYaml.getMessage() + ": " + REMEDY, noYaml);
        }
    }

    List<String> contexts() {
        return names("contexts");
    }

    /**
     * That all is there that a context consists of.
     *
     * @param context empty for the current one
     * @throws IllegalArgumentException saying what is not
     */
    void demand(String context) {
        String name = context.isEmpty() ? current() : context;
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    contexts().isEmpty()
                            ? file + " is no kubeconfig, it has no contexts: " + REMEDY
                            : file + " has no current context: name one with --context, it has: "
                                    + String.join(", ", contexts()));
        }
        Tree said = one("contexts", name, "");
        String of = "which its context '" + name + "' names";
        String cluster = said.text("context", "cluster");
        if (one("clusters", cluster, of).text("cluster", "server").isEmpty()) {
            throw new IllegalArgumentException(file + " has no server of cluster '" + cluster
                    + "': write it with 'kubectl config set-cluster " + cluster + " --server=https://HOST:PORT'");
        }
        String user = said.text("context", "user");
        if (!user.isEmpty()) {
            var unused = one("users", user, of);
        }
    }

    private String current() {
        return parts.stream()
                .map(part -> part.text("current-context"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    private Stream<Tree> all(String list) {
        return parts.stream().flatMap(part -> part.trees(list).stream());
    }

    private Tree one(String list, String name, String namedBy) {
        return all(list)
                .filter(one -> one.text("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " has no " + singular(list) + " '" + name + "'"
                        + (namedBy.isEmpty() ? "" : ", " + namedBy) + ", it has: "
                        + (names(list).isEmpty() ? "none" : String.join(", ", names(list)))));
    }

    private static String singular(String list) {
        return list.substring(0, list.length() - 1);
    }

    private List<String> names(String list) {
        return all(list).map(one -> one.text("name")).distinct().toList();
    }
}
