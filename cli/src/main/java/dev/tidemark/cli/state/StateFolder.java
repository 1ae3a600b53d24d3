package dev.tidemark.cli.state;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.flux.folder.FolderEdits;
import dev.tidemark.flux.folder.FolderView;
import dev.tidemark.flux.view.ObjectEdits;
import dev.tidemark.flux.view.ObjectView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The folder where one Tidemark keeps everything, and what lies where in it. */
public record StateFolder(Path root) implements Instance {

    /** Used by {@code demo} and {@code up} where no folder is named. */
    public static final String DEFAULT_PARENT = ".tidemark";

    /** Names the folder for a whole shell. */
    public static final String ENVIRONMENT = "TIDEMARK_STATE";

    public static StateFolder of(Path folder) {
        return new StateFolder(folder.toAbsolutePath().normalize());
    }

    /** The folder of a running Tidemark below here, or of the only one that ever ran here. */
    public static StateFolder current() {
        String named = System.getenv(ENVIRONMENT);
        if (named != null && !named.isBlank()) {
            return of(Path.of(named));
        }
        List<StateFolder> known = new ArrayList<>();
        for (String name : List.of("up", "demo")) {
            StateFolder folder = of(Path.of(DEFAULT_PARENT, name));
            if (folder.endpoints().isPresent()) {
                return folder;
            }
            if (Files.isDirectory(folder.root())) {
                known.add(folder);
            }
        }
        if (known.isEmpty()) {
            throw new UserError("no Tidemark has run here: start one with './tidemark demo' or './tidemark up', "
                    + "or name its state folder with --state.");
        }
        return known.getFirst();
    }

    /** Whether {@link #current} finds one. */
    public static boolean isAnywhere() {
        String named = System.getenv(ENVIRONMENT);
        return (named != null && !named.isBlank())
                || List.of("up", "demo").stream().anyMatch(name -> Files.isDirectory(Path.of(DEFAULT_PARENT, name)));
    }

    /** Makes the folder where it is missing. */
    public StateFolder create() {
        try {
            Files.createDirectories(root);
            return this;
        } catch (IOException e) {
            throw new UserError(
                    "the state folder " + root + " cannot be made: name another with --state (" + e.getMessage() + ").",
                    e);
        }
    }

    @Override
    public ObjectView view() {
        return new FolderView(root);
    }

    @Override
    public ObjectEdits edits() {
        return new FolderEdits(root);
    }

    public Path log() {
        return root.resolve("logs").resolve("tidemark.log");
    }

    public Path endpointsFile() {
        return root.resolve("endpoints.json");
    }

    /** What the management listener asks for, empty when it cannot be read. */
    public String token() {
        try {
            return Files.readString(root.resolve("management.token")).strip();
        } catch (IOException absentOrNotOurs) {
            return "";
        }
    }

    public Path demo() {
        return root.resolve("demo");
    }

    /** Where a running all-in-one can be reached, empty when none runs on this folder. */
    public Optional<Endpoints> endpoints() {
        return Endpoints.read(endpointsFile());
    }

    /** The process that holds this folder, whether or not it can be asked yet; empty where none does. */
    public OptionalLong holder() {
        try {
            long pid = Long.parseLong(Files.readString(root.resolve("lock")).strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                    ? OptionalLong.of(pid)
                    : OptionalLong.empty();
        } catch (IOException | IllegalArgumentException absentOrFree) {
            return OptionalLong.empty();
        }
    }

    /** Where a running all-in-one can be reached; says how to start one when none runs. */
    public Endpoints running() {
        return endpoints()
                .orElseThrow(() -> new UserError(
                        holder().isPresent()
                                ? "Tidemark is starting or ending on " + root + ": ask again in a moment."
                                : "nothing runs on " + root + ": start it with './tidemark demo' or './tidemark up'."));
    }

    /** Where its services are asked; says how to start them when none run. */
    public Services services() {
        return new Services.At(running().management(), token());
    }

    @Override
    public void demandRunning() {
        var unused = running();
    }

    public RunRecord run() {
        return RunRecord.read(root.resolve("run.json"));
    }
}
