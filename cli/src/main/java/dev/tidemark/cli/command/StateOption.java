package dev.tidemark.cli.command;

import dev.tidemark.cli.state.StateFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --state}, for every command that works on a Tidemark that runs or ran. */
final class StateOption {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "the state folder; default: $" + StateFolder.ENVIRONMENT
                    + ", else the one that runs below .tidemark")
    private @Nullable Path folder;

    boolean isNamed() {
        return folder != null;
    }

    StateFolder folder() {
        return folder == null ? StateFolder.current() : StateFolder.of(folder);
    }

    /** For the commands that start something. */
    StateFolder folderOr(String name) {
        if (folder != null) {
            return StateFolder.of(folder);
        }
        String named = System.getenv(StateFolder.ENVIRONMENT);
        return StateFolder.of(
                named == null || named.isBlank() ? Path.of(StateFolder.DEFAULT_PARENT, name) : Path.of(named));
    }
}
