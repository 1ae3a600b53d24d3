package dev.tidemark.flux.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when something in some folders may have changed: at once where the system notifies, which costs nothing at rest.
 * Not everything is notified (a network share, a linked file elsewhere, more folders than the system watches), so whoever
 * waits here looks once in a while anyway. {@link #close} ends a wait; all else is for one thread.
 */
final class OldFolderWatch implements AutoCloseable {

    /** How soon something is found that nobody notified of, where the system notifies. */
    private static final Duration ROUTINE = Duration.ofSeconds(2);

    /** Editors and Git write several files, or one several times. */
    private static final Duration TOGETHER = Duration.ofMillis(10);

    /** Files are looked at again until their time tells one version from the next. */
    private static final Duration SETTLED = ManifestFiles.COARSEST_TIME.plusSeconds(1);

    /** Null where the system's limit of such services is reached: then it is only looked. */
    private final @Nullable WatchService service;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Duration poll;
    private final Duration routine;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private boolean complete;
    private long livelyUntil = System.nanoTime();

    /** @param poll how often to look where the system does not notify, and while files are being written */
    OldFolderWatch(Duration poll) {
        this(poll, ROUTINE);
    }

    OldFolderWatch(Duration poll, Duration routine) {
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

    /**
     * Looks now, and again and again until this is closed, on a thread of its own. A look that fails ends nothing.
     *
     * @param look says where it looked
     */
    void start(String name, Supplier<Set<Path>> look) {
        Thread.ofVirtual().name(name).start(() -> {
            do {
                try {
                    if (follow(look.get())) {
                        // what happened before they were watched
                        var unused = look.get();
                    }
                } catch (RuntimeException e) {
                    System.getLogger(OldFolderWatch.class.getName())
                            .log(System.Logger.Level.ERROR, name + ": the folders could not be looked at", e);
                }
            } while (await());
        });
    }

    /**
     * Watches these folders, and no others.
     *
     * @return whether some are new, so that what happened in them before is not known
     */
    boolean follow(Set<Path> folders) {
        Set<Path> gone = new HashSet<>(keys.keySet());
        gone.removeAll(folders);
        gone.forEach(folder -> keys.remove(folder).cancel());
        boolean found = false;
        boolean all = service != null;
        for (Path folder : folders) {
            if (service != null && all && !keys.containsKey(folder)) {
                try {
                    keys.put(
                            folder,
                            folder.register(
                                    service,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_MODIFY,
                                    StandardWatchEventKinds.ENTRY_DELETE));
                    found = true;
                } catch (IOException | UnsupportedOperationException notWatched) {
                    all = false;
                }
            }
        }
        complete = all;
        return found;
    }

    /** Something has changed: there may be more to come. */
    void changed() {
        livelyUntil = System.nanoTime() + SETTLED.toNanos();
    }

    /**
     * Waits until it is time to look.
     *
     * @return false when the watch is closed
     */
    boolean await() {
        boolean lively = livelyUntil - System.nanoTime() > 0;
        Duration longest = complete && !lively ? routine : poll;
        try {
            if (service == null) {
                return !closed.await(longest.toMillis(), TimeUnit.MILLISECONDS);
            }
            WatchKey first = service.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                changed();
                LockSupport.parkNanos(TOGETHER.toNanos());
                for (WatchKey key = first; key != null; key = service.poll()) {
                    take(key);
                }
            }
            return true;
        } catch (ClosedWatchServiceException end) {
            return false;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void take(WatchKey key) {
        key.pollEvents();
        if (!key.reset()) {
            keys.values().remove(key);
        }
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
