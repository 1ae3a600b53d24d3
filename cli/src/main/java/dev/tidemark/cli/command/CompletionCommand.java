package dev.tidemark.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the shell completion. */
@Command(
        name = "completion",
        description = "Print the completion for bash and zsh.",
        footer = {"", "Use it in this shell:", "  source <(./tidemark completion)"})
final class CompletionCommand implements Callable<Integer> {

    @Mixin
    private Terminal terminal = new Terminal();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            terminal.line(AutoComplete.bash("tidemark", spec.root().commandLine()));
        }
        return 0;
    }
}
