package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.Instance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --state} or {@code --context}, for the commands that show or change objects. */
final class ObjectsOption {

    @Mixin
    private InstanceOption at = new InstanceOption();

    /** Who is used to naming services with it is told where objects are. */
    @Option(names = "--server", paramLabel = "URL", hidden = true)
    private @Nullable String server;

    Instance instance() {
        if (server != null) {
            throw new UserError("services at an address keep no objects: name --state DIR, their folder, or --context"
                    + " NAME, their cluster.");
        }
        return at.instance();
    }
}
