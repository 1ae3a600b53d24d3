package dev.tidemark.cli.state;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.flux.cluster.ClusterAccess;
import dev.tidemark.flux.view.ObjectEdits;
import dev.tidemark.flux.view.ObjectView;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster, by whoever a kubeconfig says that we are. */
public record ClusterInstance(ClusterAccess cluster) implements Instance {

    private static final String KUBECONFIG = "KUBECONFIG";

    /**
     * @param context empty for the current one, and where there is no kubeconfig for the one that this is a pod of
     * @param kubeconfig null for what {@code KUBECONFIG} names, else the user's
     */
    public static ClusterInstance of(String context, @Nullable Path kubeconfig) {
        Optional<Path> named = kubeconfig == null ? theShells() : Optional.of(kubeconfig);
        Path file = named.orElseGet(ClusterInstance::theUsers);
        if (!Files.isReadable(file)) {
            return Optional.of(context)
                    .filter(which -> which.isEmpty() && named.isEmpty())
                    .flatMap(_ -> ClusterAccess.ofThePod(Clock.systemUTC()))
                    .map(ClusterInstance::new)
                    .orElseThrow(() -> new UserError(
                            "there is no kubeconfig " + file + ": name one with --kubeconfig or $" + KUBECONFIG + "."));
        }
        try {
            return new ClusterInstance(ClusterAccess.of(file, context, Clock.systemUTC()));
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage() + ".", e);
        }
    }

    /**
     * What {@code --context} can name.
     *
     * @param kubeconfig as for {@link #of}
     */
    public static List<String> contexts(@Nullable Path kubeconfig) {
        return ClusterAccess.contexts(
                kubeconfig == null ? theShells().orElseGet(ClusterInstance::theUsers) : kubeconfig);
    }

    /** Of several, kubectl merges them; the first has the current context as a rule. */
    private static Optional<Path> theShells() {
        String named = System.getenv(KUBECONFIG);
        return named == null || named.isBlank()
                ? Optional.empty()
                : Optional.of(Path.of(named.split(File.pathSeparator, -1)[0]));
    }

    /** As kubectl finds it: in a container, the user may have no other home. */
    private static Path theUsers() {
        return Path.of(Objects.requireNonNullElse(System.getenv("HOME"), "/"), ".kube", "config");
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
