package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the script {@code ./tidemark} goes on with what a command has worked out: it runs the services and waits for
 * them, so that no second JVM does.
 *
 * @param file for the script: the state folder and the words of the command, each ended by a NUL
 * @param script its process; the services end with it, however that ends
 */
public record Handover(Path file, long script) {

    private static final String FILE = "tidemark.handover";
    private static final String SCRIPT = "tidemark.script";

    /** The script's own. */
    public static Handover find() {
        String file = System.getProperty(FILE);
        Long script = Long.getLong(SCRIPT);
        if (file == null || script == null) {
            throw new UserError("the command has nobody to hand over to: start it with the script './tidemark'.");
        }
        return new Handover(Path.of(file), script);
    }

    /** Tells the script to run all-in-one. */
    public void allInOne(Installation installation, StateFolder state, Settings settings) {
        List<String> properties = new ArrayList<>(settings.properties(state.root()));
        properties.add("-Dtidemark.parent-pid=" + script);
        properties.add("-Dtidemark.asked-at="
                + ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
        leave(state, Jvm.of(installation).command(properties));
    }

    void leave(StateFolder state, List<String> command) {
        List<String> words = new ArrayList<>();
        words.add(state.root().toString());
        words.addAll(command);
        try {
            Files.writeString(file, String.join("\0", words) + '\0');
        } catch (IOException e) {
            throw new UserError("the command cannot be handed over: " + e.getMessage() + ".", e);
        }
    }
}
