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

/** Whether a cluster lets everything work. */
@Command(
        name = "doctor",
        description = "Say what cannot work in a cluster with the definitions that it has, Flux's own for example.",
        footer = {"", "Exits with 1 where something cannot.", "", "Example:", "  ./tidemark doctor --context ''"})
final class DoctorCommand implements Callable<Integer> {

    private static final int SOMETHING = 1;

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
        List<String> problems = ClusterInstance.of(context == null ? "" : context, kubeconfig)
                .cluster()
                .problems();
        problems.forEach(terminal::line);
        if (problems.isEmpty()) {
            terminal.line("All kinds are served with all that Tidemark reads and writes.");
        }
        return problems.isEmpty() ? 0 : SOMETHING;
    }
}
