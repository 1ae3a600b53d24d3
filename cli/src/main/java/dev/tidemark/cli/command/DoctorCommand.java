package dev.tidemark.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether a cluster lets everything work. */
@Command(
        name = "doctor",
        description = "Say what cannot work in a cluster with the definitions that it has, Flux's own for example.",
        footer = {"", "Exits with 1 where something cannot.", "", "Example:", "  ./tidemark doctor --context ''"})
final class DoctorCommand implements Callable<Integer> {

    private static final int SOMETHING = 1;

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ClusterOption at = new ClusterOption();

    @Override
    public Integer call() {
        List<String> problems = at.required().cluster().problems();
        problems.forEach(terminal::line);
        if (problems.isEmpty()) {
            terminal.line("All kinds are served with all that Tidemark reads and writes.");
        }
        return problems.isEmpty() ? 0 : SOMETHING;
    }
}
