package dev.tidemark.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What the demo keeps in the state folder.
 *
 * @param state the state folder of all-in-one
 */
public record DemoFolder(Path state) {

    /** The demo's own part. */
    public Path root() {
        return state.resolve("demo");
    }

    /** The bare Git repository that the Git-based model writes to. */
    public Path fleet() {
        return root().resolve("fleet.git");
    }

    /** What the demo adds to the examples: the source, the Secrets, the Receiver. */
    public Path manifests() {
        return root().resolve("manifests");
    }

    public Path registry() {
        return root().resolve("registry");
    }

    /** Tells {@code push} where the running demo's registry is. */
    public Path description() {
        return root().resolve("demo.json");
    }

    /** The file that the gitless model renders. */
    public Path kustomization() {
        return state.resolve("objects")
                .resolve(Scenario.NAMESPACE)
                .resolve("Kustomization")
                .resolve(Scenario.APP + ".yaml");
    }

    /**
     * Makes this process the only demo on the folder until it ends; also a killed process lets go.
     *
     * @return empty when another one has it
     */
    public Optional<FileLock> lock() throws IOException {
        Files.createDirectories(root());
        FileChannel channel = FileChannel.open(
                root().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
        }
        return Optional.ofNullable(lock);
    }

    /** Whether an all-in-one still works on the state folder: it holds {@code lock} as long as it lives. */
    public boolean inUse() throws IOException {
        Path file = state.resolve("lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }
}
