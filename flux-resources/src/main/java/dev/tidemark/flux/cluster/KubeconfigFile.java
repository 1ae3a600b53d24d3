package dev.tidemark.flux.cluster;

import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What somebody wrote into a kubeconfig, looked at before the client takes addresses of its own for what is missing. */
record KubeconfigFile(Path file, Tree content) {

    private static final String REMEDY = "name another file with --kubeconfig or $KUBECONFIG";

    /** @throws IllegalArgumentException naming it, where it is none */
    static KubeconfigFile read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the kubeconfig " + file + " cannot be read: " + REMEDY, unreadable);
        }
        Tree content;
        try {
            content = Tree.parse(text);
        } catch (IllegalArgumentException noYaml) {
            throw new IllegalArgumentException(
                    file + " is no kubeconfig, but " + noYaml.getMessage() + ": " + REMEDY, noYaml);
        }
        return new KubeconfigFile(file, content);
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
        String name = context.isEmpty() ? content.text("current-context") : context;
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

    private Tree one(String list, String name, String namedBy) {
        return content.trees(list).stream()
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
        return content.trees(list).stream().map(one -> one.text("name")).toList();
    }
}
