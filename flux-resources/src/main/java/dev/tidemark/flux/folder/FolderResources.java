package dev.tidemark.flux.folder;

import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resources from directories or files of manifests, watched: what is written there takes effect, also deletions. A file
 * that cannot be read, or has an error, never means deletion: what it said last stays in force. Hidden files and folders
 * are passed over, so that a state folder or {@code .git} may lie beside the manifests.
 *
 * <p>Watches by looking: a glance at sizes and times costs less than the wait for events of a recursive watch, and works
 * on every file system.
 */
public final class FolderResources implements ResourceSource, AutoCloseable {

    /** How often the folder is glanced at: an edit is picked up in a quarter of a second, for about no work. */
    private static final Duration GLANCE = Duration.ofMillis(250);

    private final ManifestLoader loader;
    private final CopyOnWriteArrayList<Consumer<ResourceSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile ResourceSnapshot current;
    private volatile boolean closing;

    private FolderResources(ManifestLoader loader) {
        this.loader = loader;
        this.current = loader.load();
        this.thread = Thread.ofVirtual().name("folder-resources").unstarted(this::watch);
    }

    /** Reads everything and begins to watch. A root that does not exist yet is a problem in the snapshot. */
    public static FolderResources open(List<Path> roots) {
        return open(roots, null, false);
    }

    /**
     * Reads everything and begins to watch.
     *
     * @param memory file that remembers which manifest each object comes from; null for none
     * @param strict whether unknown members are an error
     */
    public static FolderResources open(List<Path> roots, @Nullable Path memory, boolean strict) {
        String searchPath = Objects.requireNonNullElse(System.getenv("PATH"), "");
        FolderResources resources = new FolderResources(
                new ManifestLoader(roots, Clock.systemUTC(), strict, new InForce(memory), searchPath));
        resources.thread.start();
        return resources;
    }

    /** Reads everything; later {@link #glance} looks again. */
    static FolderResources unwatched(ManifestLoader loader) {
        return new FolderResources(loader);
    }

    @Override
    public ResourceSnapshot current() {
        return current;
    }

    @Override
    public Registration onChange(Consumer<ResourceSnapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void watch() {
        while (!closing) {
            LockSupport.parkNanos(GLANCE.toNanos());
            try {
                glance();
            } catch (RuntimeException e) {
                System.getLogger(FolderResources.class.getName())
                        .log(System.Logger.Level.ERROR, "the manifests could not be looked at", e);
            }
        }
    }

    /** Looks once and tells the listeners what changed. */
    void glance() {
        ResourceSnapshot next = loader.load();
        if (!next.equals(current)) {
            current = next;
            listeners.forEach(listener -> tell(listener, next));
        }
    }

    /** One listener's failure must not keep the others from hearing. */
    static void tell(Consumer<ResourceSnapshot> listener, ResourceSnapshot snapshot) {
        try {
            listener.accept(snapshot);
        } catch (RuntimeException e) {
            System.getLogger(FolderResources.class.getName())
                    .log(System.Logger.Level.ERROR, "a listener of the resources failed", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
    }
}
