package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.cli.state.Services;
import dev.tidemark.flux.view.Tree;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How much packages write to the log of services that run. */
@Command(
        name = "log-level",
        description = "Have a package write more or less to the log, until the services end.",
        footer = {
            "",
            "Of several services, all pods of a cluster and all addresses of --server, each changes its own.",
            "",
            "Examples:",
            "  ./tidemark log-level                                  what was changed",
            "  ./tidemark log-level dev.tidemark.committer DEBUG     or ERROR, WARN, INFO",
            "  ./tidemark log-level dev.tidemark.committer --reset"
        })
final class LogLevelCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ServicesOption services = new ServicesOption();

    @Parameters(paramLabel = "PACKAGE LEVEL", arity = "0..2", description = "a package or class, and its level")
    private List<String> words = List.of();

    @Option(names = "--reset", description = "as the settings have it")
    private boolean reset;

    @Override
    public Integer call() throws InterruptedException {
        if (words.size() != (reset ? 1 : 2) && (reset || !words.isEmpty())) {
            throw new UserError("write './tidemark log-level PACKAGE LEVEL', or PACKAGE --reset.");
        }
        List<Services> all = services.all();
        if (all.size() == 1) {
            at(all.getFirst(), "");
            return 0;
        }
        boolean everywhere = true;
        for (Services one : all) {
            try {
                at(one, '[' + one.name() + "] ");
            } catch (UserError | UncheckedIOException refused) {
                terminal.note(one.name() + ": " + refused.getMessage());
                everywhere = false;
            }
        }
        return everywhere ? 0 : UserError.FAILED;
    }

    /** @param from before each line: who says it */
    private void at(Services service, String from) throws InterruptedException {
        try (Evaluator running = new Evaluator(service)) {
            if (!words.isEmpty()) {
                running.logLevel(words.getFirst(), reset ? "" : words.getLast());
            }
            Tree levels = running.logLevels();
            if (levels.texts().isEmpty()) {
                terminal.line(from + "All packages write what the settings have.");
            }
            levels.texts().forEach((name, level) -> terminal.line(from + name + ' ' + level));
        }
    }
}
