package dev.tidemark.cli.state;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.flux.cluster.ClusterAccess;
import dev.tidemark.flux.view.ObjectEdits;
import dev.tidemark.flux.view.ObjectView;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** A cluster, by whoever a kubeconfig says that we are. */
public record ClusterInstance(ClusterAccess cluster) implements Instance {

    private static final String KUBECONFIG = "KUBECONFIG";

    /**
     * @param context empty for the current one
     * @param kubeconfig null for what {@code KUBECONFIG} names, else the user's
     */
    public static ClusterInstance of(String context, @Nullable Path kubeconfig) {
        Path file = kubeconfig == null ? theUsers() : kubeconfig;
        if (!Files.isReadable(file)) {
            throw new UserError(
                    "there is no kubeconfig " + file + ": name one with --kubeconfig or $" + KUBECONFIG + ".");
        }
        try {
            return new ClusterInstance(ClusterAccess.of(file, context, Clock.systemUTC()));
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage() + ".", e);
        }
    }

    /** Of several, kubectl merges them; the first has the current context as a rule. */
    private static Path theUsers() {
        String named = System.getenv(KUBECONFIG);
        return named == null || named.isBlank()
                ? Path.of(System.getProperty("user.home"), ".kube", "config")
                : Path.of(named.split(File.pathSeparator, -1)[0]);
    }

    @Override
    public ObjectView view() {
        return cluster.view();
    }

    @Override
    public ObjectEdits edits() {
        return cluster.edits();
    }

    /** Objects may be asked to run before anybody is there to do it. */
    @Override
    public void demandRunning() {}
}
