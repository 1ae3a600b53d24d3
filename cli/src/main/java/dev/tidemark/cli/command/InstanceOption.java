package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.cli.state.StateFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --state} or {@code --context}, for the commands that work wherever Tidemark runs. */
final class InstanceOption {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "the state folder; default: $" + StateFolder.ENVIRONMENT
                    + ", else the one that runs below .tidemark")
    private @Nullable Path folder;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "a cluster instead: this context of the kubeconfig; '' for the current one")
    private @Nullable String context;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "a cluster instead: by this file; default with --context: $KUBECONFIG, else ~/.kube/config")
    private @Nullable Path kubeconfig;

    Instance instance() {
        if (context == null && kubeconfig == null) {
            return state();
        }
        if (folder != null) {
            throw new UserError("a state folder or a cluster: --state does not go with --context or --kubeconfig.");
        }
        return ClusterInstance.of(context == null ? "" : context, kubeconfig);
    }

    private StateFolder state() {
        return folder == null ? StateFolder.current() : StateFolder.of(folder);
    }
}
