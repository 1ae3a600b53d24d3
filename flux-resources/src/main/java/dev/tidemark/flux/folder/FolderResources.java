package dev.tidemark.flux.folder;

import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resources from directories or files of manifests, watched: what is written there takes effect, also deletions. A file
 * that cannot be read, or has an error, never means deletion: what it said last stays in force. Hidden files and folders
 * are passed over, so that a state folder or {@code .git} may lie beside the manifests.
 *
 * <p>An edit is picked up at once where the system notifies of it, and by looking at sizes and times where it does not.
 */
public final class FolderResources implements ResourceSource, AutoCloseable {

    /** Where the system does not notify: an edit is picked up in a quarter of a second, for about no work. */
    private static final Duration POLL = Duration.ofMillis(250);

    private final ManifestLoader loader;
    private final CopyOnWriteArrayList<Consumer<ResourceSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final OldFolderWatch watch = new OldFolderWatch(POLL);
    private volatile ResourceSnapshot current;

    private FolderResources(ManifestLoader loader) {
        this.loader = loader;
        this.current = loader.load();
    }

    /** Reads everything and begins to watch. A root that does not exist yet is a problem in the snapshot. */
    public static FolderResources open(List<Path> roots) {
        return open(roots, null, false);
    }

    /**
     * Reads everything and begins to watch.
     *
     * @param state file that says which manifest each object comes from; null for none
     * @param strict whether unknown members are an error
     */
    public static FolderResources open(List<Path> roots, @Nullable Path state, boolean strict) {
        String searchPath = Objects.requireNonNullElse(System.getenv("PATH"), "");
        FolderResources resources = new FolderResources(
                new ManifestLoader(roots, Clock.systemUTC(), strict, new InForce(state), searchPath));
        resources.watch.start("folder-resources", () -> {
            resources.poll();
            return resources.loader.folders();
        });
        return resources;
    }

    /** Reads everything; later {@link #poll} looks again. */
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

    /** Looks once and tells the listeners what changed. */
    void poll() {
        ResourceSnapshot next = loader.load();
        if (!next.equals(current)) {
            watch.changed();
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
        watch.close();
    }
}
