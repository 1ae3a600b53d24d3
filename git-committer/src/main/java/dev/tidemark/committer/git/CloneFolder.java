package dev.tidemark.committer.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one process keeps its clones. Several replicas may share a state folder: each has a folder of its own in it, held
 * by a lock that ends with the process, and clears away only what no living one holds.
 */
public final class CloneFolder implements AutoCloseable {

    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel held;

    private CloneFolder(Path folder, FileChannel held) {
        this.folder = folder;
        this.held = held;
    }

    /** Takes a new folder below {@code parent} and removes those of processes that are gone. */
    public static CloneFolder take(Path parent) {
        try {
            Files.createDirectories(parent);
            // one after the other: a folder must not be cleared away between its making and its locking
            try (FileChannel gate = open(parent.resolve(LOCK));
                    FileLock _ = gate.lock()) {
                for (Path child : folders(parent)) {
                    removeUnlessHeld(child);
                }
                Path folder = Files.createTempDirectory(parent, "process");
                FileChannel held = open(folder.resolve(LOCK));
                FileLock unused = held.lock();
                return new CloneFolder(folder, held);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no clones can be kept in " + parent + ": " + e.getMessage(), e);
        }
    }

    public Path path() {
        return folder;
    }

    private static void removeUnlessHeld(Path folder) throws IOException {
        try (FileChannel channel = open(folder.resolve(LOCK))) {
            if (channel.tryLock() != null) {
                BareClone.sweep(folder);
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // alive
        }
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        BareClone.sweep(folder);
        held.close();
    }
}
