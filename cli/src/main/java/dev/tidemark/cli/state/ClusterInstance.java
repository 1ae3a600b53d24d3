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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A cluster, by whoever a kubeconfig says that we are. */
public record ClusterInstance(ClusterAccess cluster) implements Instance {

    private static final String KUBECONFIG = "KUBECONFIG";

    /**
     * @param context empty for the current one, and where there is no kubeconfig for the one that this is a pod of
     * @param kubeconfig null for what {@code KUBECONFIG} names, else the user's
     */
    public static ClusterInstance of(String context, @Nullable Path kubeconfig) {
        List<Path> named = named(kubeconfig);
        List<Path> files = named.isEmpty() ? List.of(theUsers()) : named;
        List<Path> there = files.stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            return Optional.of(context)
                    .filter(which -> which.isEmpty() && named.isEmpty())
                    .flatMap(_ -> ClusterAccess.ofThePod(Clock.systemUTC()))
                    .map(ClusterInstance::new)
                    .orElseThrow(() -> new UserError("there is no kubeconfig "
                            + files.stream().map(Path::toString).collect(Collectors.joining(", "))
                            + ": name one with --kubeconfig or $" + KUBECONFIG + "."));
        }
        try {
            return new ClusterInstance(ClusterAccess.of(there, context, Clock.systemUTC()));
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
        List<Path> named = named(kubeconfig);
        return ClusterAccess.contexts((named.isEmpty() ? List.of(theUsers()) : named)
                .stream().filter(Files::exists).toList());
    }

    /** The one of the command, else those of the shell: kubectl merges several, and passes over those that are not there. */
    private static List<Path> named(@Nullable Path kubeconfig) {
        if (kubeconfig != null) {
            return List.of(kubeconfig);
        }
        String shells = Objects.requireNonNullElse(System.getenv(KUBECONFIG), "");
        return Stream.of(shells.split(File.pathSeparator, -1))
                .filter(file -> !file.isBlank())
                .map(Path::of)
                .toList();
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
