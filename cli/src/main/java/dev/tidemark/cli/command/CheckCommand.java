package dev.tidemark.cli.command;

import dev.tidemark.cli.output.SourceWords;
import dev.tidemark.cli.run.Health;
import dev.tidemark.cli.run.RunningWords;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether all is as it has to be: what runs, and what it reads; objects are the business of {@code status}. */
@Command(
        name = "check",
        description = "Say whether the services run and can read all that they need.",
        footer = {"", "Exits with 1 where something is wrong.", "", "Example:", "  ./tidemark check --context ''"})
final class CheckCommand implements Callable<Integer> {

    private static final int SOMETHING = 1;

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private InstanceOption at = new InstanceOption();

    @Override
    public Integer call() {
        Instance instance = at.instance();
        terminal.line(RunningWords.of(instance));
        return switch (instance) {
            case StateFolder folder -> folder(folder);
            case ClusterInstance(var cluster) -> {
                List<String> problems = cluster.problems();
                problems.forEach(terminal::line);
                yield end(problems.isEmpty());
            }
        };
    }

    private int folder(StateFolder folder) {
        List<Problem> errors = folder.view().source().problems(Severity.ERROR);
        if (!errors.isEmpty()) {
            terminal.print(SourceWords.problems("Manifests that cannot be read", errors));
        }
        boolean ready = folder.endpoints()
                .filter(running -> Health.of(running).state() == Health.State.READY)
                .isPresent();
        return end(ready && errors.isEmpty());
    }

    private int end(boolean well) {
        if (well) {
            terminal.line("All checks passed.");
        }
        return well ? 0 : SOMETHING;
    }
}
