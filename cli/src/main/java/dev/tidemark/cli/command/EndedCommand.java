package dev.tidemark.cli.command;

import dev.tidemark.cli.run.Ending;
import dev.tidemark.cli.state.StateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says why the services of {@code up} have ended, which the script waited for; reads what they said from standard input. */
@Command(name = "ended", hidden = true, description = "Used by the script when services have ended.")
final class EndedCommand implements Callable<Integer> {

    @Parameters(index = "0", description = "the state folder")
    private Path state = Path.of("");

    @Parameters(index = "1", description = "how they ended")
    private int code;

    @Override
    public Integer call() throws IOException {
        var lastWords = new AtomicReference<>("");
        Ending.listen(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), lastWords::set);
        throw Ending.of(StateFolder.of(state), code, lastWords.get());
    }
}
