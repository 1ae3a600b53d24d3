package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.ClusterInstance;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --context} and {@code --kubeconfig}: which cluster, and as whom. */
final class ClusterOption {

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "a cluster: this context of the kubeconfig; '' for the current one")
    private @Nullable String context;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "a cluster: by this file; default with --context: $KUBECONFIG, else ~/.kube/config")
    private @Nullable Path kubeconfig;

    /** Empty where neither is given. */
    Optional<ClusterInstance> named() {
        return context == null && kubeconfig == null
                ? Optional.empty()
                : Optional.of(ClusterInstance.of(context == null ? "" : context, kubeconfig));
    }

    @Nullable
    Path kubeconfig() {
        return kubeconfig;
    }

    /** For the commands that work on nothing else. */
    ClusterInstance required() {
        return named().orElseThrow(() ->
                new UserError("which cluster? Write --context NAME, or --context '' for the current one."));
    }
}
