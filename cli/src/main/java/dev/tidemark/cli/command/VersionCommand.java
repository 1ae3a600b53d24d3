package dev.tidemark.cli.command;

import dev.tidemark.cli.run.RunningWords;
import dev.tidemark.cli.state.Services;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which version this is, and which one runs. */
@Command(
        name = "version",
        description = "Say which version the command line is, and what runs.",
        footer = {"", "Example:", "  ./tidemark version --client"})
final class VersionCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private InstanceOption at = new InstanceOption();

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(names = "--client", description = "only that of the command line")
    private boolean client;

    @Override
    public Integer call() throws InterruptedException {
        terminal.line("tidemark " + Version.text());
        if (client) {
            return 0;
        }
        List<Services.At> services = server.inForce(at.isNamed());
        for (Services.At service : services) {
            terminal.line(RunningWords.of(service));
        }
        if (services.isEmpty()) {
            at.known()
                    .ifPresentOrElse(
                            instance -> terminal.line(RunningWords.of(instance)),
                            () -> terminal.line("Nothing has run here yet."));
        }
        return 0;
    }
}
