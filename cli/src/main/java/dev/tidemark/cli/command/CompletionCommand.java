package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the completion of a shell. */
@Command(
        name = "completion",
        description = "Print the completion for a shell: commands, options, kinds, and the names of objects.",
        footer = {
            "",
            "Use it in this shell:",
            "  source <(./tidemark completion bash)",
            "  source <(./tidemark completion zsh)",
            "  ./tidemark completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {

    static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Mixin
    private Terminal terminal = new Terminal();

    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash, zsh or fish; default: bash")
    private String shell = "bash";

    @Override
    public Integer call() throws IOException {
        if (!SHELLS.contains(shell)) {
            throw new UserError("there is no completion for '" + shell + "': use bash, zsh or fish.");
        }
        try (InputStream script =
                Objects.requireNonNull(CompletionCommand.class.getResourceAsStream("completion." + shell))) {
            terminal.print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        return 0;
    }
}
