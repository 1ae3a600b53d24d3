package dev.tidemark.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes away what would keep objects from being deleted when Tidemark is not there any more. */
@Command(
        name = "uninstall",
        description = "Take Tidemark's finalizers off the objects of a cluster, and leave everything else as it is.",
        footer = {
            "",
            "Stop the services first, else they set them again. Objects and what was rendered stay.",
            "",
            "Example:",
            "  kubectl scale statefulset,deployment -n tidemark -l app.kubernetes.io/part-of=tidemark --replicas=0",
            "  ./tidemark uninstall --context ''"
        })
final class UninstallCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ClusterOption at = new ClusterOption();

    @Override
    public Integer call() {
        List<String> released = at.required().cluster().release();
        released.forEach(object -> terminal.line(object + " released"));
        terminal.note(released.isEmpty() ? "No object has a finalizer of Tidemark." : "");
        return 0;
    }
}
