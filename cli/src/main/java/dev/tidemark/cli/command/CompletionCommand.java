package dev.tidemark.cli.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the shell completion. */
@Command(
        name = "completion",
        description = "Print the completion for bash and zsh.",
        footer = {"", "Use it in this shell:", "  source <(./tidemark completion)"})
final class CompletionCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        terminal.line(AutoComplete.bash("tidemark", TidemarkCommand.lineFor(new TidemarkCommand())));
        return 0;
    }
}
