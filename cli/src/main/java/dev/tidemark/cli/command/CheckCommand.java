package dev.tidemark.cli.command;

import dev.tidemark.cli.output.SourceWords;
import dev.tidemark.cli.run.Control;
import dev.tidemark.cli.run.Health;
import dev.tidemark.cli.run.RunningWords;
import dev.tidemark.cli.state.ClusterInstance;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.cli.state.Services;
import dev.tidemark.cli.state.StateFolder;
import dev.tidemark.flux.cluster.ManagementForward;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether all is as it has to be: what runs, and what it reads; objects are the business of {@code status}. */
@Command(
        name = "check",
        description = "Say whether the services run, can read all that they need and tell of events whom they should.",
        footer = {
            "",
            "Exits with 1 where something is wrong.",
            "",
            "Examples:",
            "  ./tidemark check --context ''",
            "  ./tidemark check --server http://10.0.0.5:9000,http://10.0.0.6:9000"
        })
final class CheckCommand implements Callable<Integer> {

    private static final int SOMETHING = 1;

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private InstanceOption at = new InstanceOption();

    @Mixin
    private ServerOption server = new ServerOption();

    @Override
    public Integer call() throws InterruptedException {
        List<Services.At> services = server.inForce(at.isNamed());
        if (!services.isEmpty()) {
            return services(services);
        }
        Instance instance = at.instance();
        terminal.line(RunningWords.of(instance));
        return switch (instance) {
            case StateFolder folder -> folder(folder);
            case ClusterInstance(var cluster) -> {
                List<String> problems = new ArrayList<>(cluster.problems());
                problems.addAll(Control.ofAll(instance, List.of(), ManagementForward.NAMESPACE)
                        .alerts()
                        .lines());
                problems.forEach(terminal::line);
                yield end(problems.isEmpty());
            }
        };
    }

    private int services(List<Services.At> services) throws InterruptedException {
        boolean ready = true;
        for (Services.At service : services) {
            terminal.line(RunningWords.of(service));
            ready &= Health.of(service.address()).state() == Health.State.READY;
        }
        List<String> notServed = Control.ofAll(services).alerts().lines();
        notServed.forEach(terminal::line);
        return end(ready && notServed.isEmpty());
    }

    private int folder(StateFolder folder) throws InterruptedException {
        List<Problem> errors = folder.view().source().problems(Severity.ERROR);
        if (!errors.isEmpty()) {
            terminal.print(SourceWords.problems("Manifests that cannot be read", errors));
        }
        boolean ready = folder.endpoints()
                .filter(running -> Health.of(running).state() == Health.State.READY)
                .isPresent();
        List<String> notServed = Control.ofAll(folder, List.of(), "").alerts().lines();
        notServed.forEach(terminal::line);
        return end(ready && errors.isEmpty() && notServed.isEmpty());
    }

    private int end(boolean well) {
        if (well) {
            terminal.line("All checks passed.");
        }
        return well ? 0 : SOMETHING;
    }
}
