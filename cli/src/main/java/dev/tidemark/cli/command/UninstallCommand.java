package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.ClusterInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes away what would keep objects from being deleted when Tidemark is not there any more. */
@Command(
        name = "uninstall",
        description = "Take Tidemark's finalizers off the objects of a cluster, and leave everything else as it is.",
        footer = {
            "",
            "Remove the services first, else they set them again. Objects and what was rendered stay.",
            "",
            "Example:",
            "  kubectl delete -k deploy/overlays/all-in-one && ./tidemark uninstall --context ''"
        })
final class UninstallCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Option(names = "--context", paramLabel = "NAME", description = "of the kubeconfig; '' for the current one")
    private @Nullable String context;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "default: $KUBECONFIG, else ~/.kube/config")
    private @Nullable Path kubeconfig;

    @Override
    public Integer call() {
        if (context == null && kubeconfig == null) {
            throw new UserError("which cluster? Write --context NAME, or --context '' for the current one.");
        }
        ClusterInstance instance = ClusterInstance.of(context == null ? "" : context, kubeconfig);
        List<String> released = instance.cluster().release();
        released.forEach(object -> terminal.line(object + " released"));
        terminal.note(released.isEmpty() ? "No object has a finalizer of Tidemark." : "");
        return 0;
    }
}
