package dev.tidemark.allinone;

import dev.tidemark.runtime.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;

/** The folder that everything of one installation lies in. Held by one process at a time. */
final class StateFolder implements AutoCloseable {

    /** Layout of the folder; grows when an older one can no longer be read. */
    static final String LAYOUT = "1";

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private StateFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /** Why a folder cannot be used, in one sentence with the remedy. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /** Takes the folder for this process, making it when it is missing. */
    static StateFolder take(Path folder) throws UnusableException {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new UnusableException("the state folder " + folder
                        + " is in use by another Tidemark: end that one, or choose another folder with --state");
            }
            nameHolder(channel);
            StateFolder state = new StateFolder(folder, channel, lock);
            state.checkLayout();
            state.tighten();
            Files.deleteIfExists(state.endpoints());
            return state;
        } catch (IOException e) {
            String why = e instanceof FileSystemException where && where.getReason() != null
                    ? " (" + where.getReason() + ')'
                    : "";
            throw new UnusableException("the state folder " + folder + " cannot be used" + why
                    + ": check that it is a folder that you may write to, on a disk that is not full");
        }
    }

    /** Who looks at the folder before it can be asked sees that somebody starts. */
    private static void nameHolder(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    private void checkLayout() throws IOException, UnusableException {
        Path marker = folder.resolve("layout");
        if (!Files.exists(marker)) {
            Files.writeString(marker, LAYOUT + "\n");
            return;
        }
        String found = Files.readString(marker).strip();
        if (!found.equals(LAYOUT)) {
            close();
            throw new UnusableException("the state folder " + folder + " has layout " + found + ", this Tidemark reads "
                    + LAYOUT + ": use the version that made it, or another folder with --state");
        }
    }

    /** Folders of older versions were open to everybody on the machine. */
    private void tighten() throws IOException {
        int tightened = PrivateFiles.tighten(folder);
        if (tightened > 0) {
            System.getLogger(StateFolder.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "took away what others on this machine could do with " + tightened
                                    + " files and folders of " + folder);
        }
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    /** Where a running installation says how to reach it. */
    Path endpoints() {
        return folder.resolve("endpoints.json");
    }

    /** The port of webhooks that was chosen here at the first start, since senders know it. */
    OptionalInt port() throws IOException {
        Path file = folder.resolve("webhook-port");
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        String port = Files.readString(file).strip();
        return port.matches("\\d{1,5}") ? OptionalInt.of(Integer.parseInt(port)) : OptionalInt.empty();
    }

    void keepPort(int port) throws IOException {
        Files.writeString(folder.resolve("webhook-port"), port + "\n");
    }

    void publishEndpoints(String json) throws IOException {
        publish(endpoints(), json);
    }

    /** Which manifests count: for the commands, and for a start without one of them. */
    void publishRun(String json) throws IOException {
        publish(folder.resolve("run.json"), json);
    }

    /** Readers see the old text, or none, or the new one. */
    private static void publish(Path file, String text) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(endpoints());
        channel.truncate(0);
        lock.release();
        channel.close();
    }
}
