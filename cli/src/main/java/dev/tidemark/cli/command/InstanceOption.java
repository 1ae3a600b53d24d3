package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.cli.state.StateFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --state} or {@code --context}, for the commands that work wherever Tidemark runs. */
final class InstanceOption {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "the state folder; default: $" + StateFolder.ENVIRONMENT
                    + ", else the one that runs below .tidemark")
    private @Nullable Path folder;

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    Instance instance() {
        Optional<ClusterInstance> named = cluster.named();
        if (named.isPresent() && folder != null) {
            throw new UserError("a state folder or a cluster: --state does not go with --context or --kubeconfig.");
        }
        return named.isPresent() ? named.get() : state();
    }

    /** Whether the command line says which. */
    boolean isNamed() {
        return folder != null || cluster.named().isPresent();
    }

    /** Empty where none is named, and none has run here. */
    Optional<Instance> known() {
        return cluster.named().isEmpty() && folder == null && !StateFolder.isAnywhere()
                ? Optional.empty()
                : Optional.of(instance());
    }

    /** What names the clusters; null for the user's. */
    @Nullable
    Path kubeconfig() {
        return cluster.kubeconfig();
    }

    private StateFolder state() {
        return folder == null ? StateFolder.current() : StateFolder.of(folder);
    }
}
