package dev.tidemark.flux.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells what in some folders may have changed: at once where the system notifies, which costs nothing at rest; elsewhere (a
 * network share, more folders than the system watches) it says from time to time that everything may have. {@link #close}
 * ends a wait; all else is for one thread.
 */
final class FolderWatch implements AutoCloseable {

    /** How often to look where nobody notifies: an edit is picked up within two seconds, for a walk over all files. */
    static final Duration POLL = Duration.ofSeconds(2);

    /** How often to look although the system notifies of everything it knows of: for what nobody foresaw. */
    static final Duration ROUTINE = Duration.ofMinutes(5);

    /** Editors and Git write several files, or one several times. */
    private static final Duration TOGETHER = Duration.ofMillis(10);

    /** File systems whose changes are made elsewhere: the system does not hear of them. */
    private static final Set<String> REMOTE =
            Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "vboxsf", "ceph", "afs", "prl_fs");

    private static final String USER_SPACE = "fuse";

    /** Null where the system's limit of such services is reached: then it is only looked. */
    private final @Nullable WatchService service;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Duration poll;
    private final Duration routine;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Map<Path, @Nullable Object> identities = new HashMap<>();
    private boolean complete;

    /** What may have changed. */
    sealed interface Seen {
        /** @param paths of files and folders that were made, changed or removed */
        record Some(Set<Path> paths) implements Seen {}

        record Everything() implements Seen {}

        /** The time that was waited for has come. */
        record Nothing() implements Seen {}

        record Closed() implements Seen {}
    }

    FolderWatch() {
        this(POLL, ROUTINE);
    }

    FolderWatch(Duration poll, Duration routine) {
        this.poll = poll;
        this.routine = routine;
        this.service = open();
    }

    private static @Nullable WatchService open() {
        try {
            return notifies() ? FileSystems.getDefault().newWatchService() : null;
        } catch (IOException limit) {
            return null;
        }
    }

    /** On others the JDK itself looks, and every two seconds only. */
    private static boolean notifies() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.startsWith("linux") || system.startsWith("windows");
    }

    /** Whether the system hears of all changes below a folder. */
    static boolean isLocal(Path root) {
        try {
            String type = Files.getFileStore(root).type();
            return !REMOTE.contains(type) && !type.startsWith(USER_SPACE);
        } catch (IOException missing) {
            return true;
        }
    }

    /**
     * Watches these folders, and no others.
     *
     * @param all whether everything that matters shows in them
     * @return whether some are new, so that what happened in them before is not known
     */
    boolean follow(Set<Path> wanted, boolean all) {
        Set<Path> gone = new HashSet<>(keys.keySet());
        gone.removeIf(folder -> wanted.contains(folder) && Objects.equals(keyOf(folder), identities.get(folder)));
        gone.forEach(this::forget);
        boolean found = false;
        complete = all && service != null;
        for (Path folder : wanted) {
            if (service != null && complete && !keys.containsKey(folder)) {
                try {
                    WatchKey key = folder.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
                    keys.put(folder, key);
                    folders.put(key, folder);
                    identities.put(folder, keyOf(folder));
                    found = true;
                } catch (IOException | UnsupportedOperationException notWatched) {
                    complete = false;
                }
            }
        }
        return found;
    }

    /** Another one where another folder has come in its place: the system goes on to watch the one that went. */
    private static @Nullable Object keyOf(Path folder) {
        try {
            return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            return null;
        }
    }

    private void forget(Path folder) {
        identities.remove(folder);
        WatchKey key = keys.remove(folder);
        if (key != null) {
            key.cancel();
            folders.remove(key);
        }
    }

    /**
     * Waits until something may have changed.
     *
     * @param longest null for no limit
     */
    Seen await(@Nullable Duration longest) {
        Duration unseen = complete ? routine : poll;
        boolean limited = longest != null && longest.compareTo(unseen) < 0;
        long millis = Math.max(1, (limited && longest != null ? longest : unseen).toMillis());
        try {
            if (service == null) {
                return closed.await(millis, TimeUnit.MILLISECONDS) ? new Seen.Closed() : new Seen.Everything();
            }
            WatchKey first = service.poll(millis, TimeUnit.MILLISECONDS);
            if (first == null) {
                // where nobody notifies, what was seen last is old: it is looked before anything is concluded
                return limited && complete ? new Seen.Nothing() : new Seen.Everything();
            }
            LockSupport.parkNanos(TOGETHER.toNanos());
            Set<Path> paths = new HashSet<>();
            boolean known = true;
            for (WatchKey key = first; key != null; key = service.poll()) {
                known &= take(key, paths);
            }
            return known ? new Seen.Some(paths) : new Seen.Everything();
        } catch (ClosedWatchServiceException end) {
            return new Seen.Closed();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return new Seen.Closed();
        }
    }

    /** False where events were lost, or the folder itself is gone. */
    private boolean take(WatchKey key, Set<Path> paths) {
        Path folder = folders.get(key);
        boolean known = folder != null;
        for (WatchEvent<?> event : key.pollEvents()) {
            if (folder != null && event.context() instanceof Path name) {
                paths.add(folder.resolve(name));
            } else {
                known = false;
            }
        }
        if (!key.reset() && folder != null) {
            forget(folder);
            return false;
        }
        return known;
    }

    @Override
    public void close() {
        closed.countDown();
        if (service != null) {
            try {
                service.close();
            } catch (IOException ignored) {
                // nothing is read from it any more
            }
        }
    }
}
