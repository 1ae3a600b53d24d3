package dev.tidemark.flux.folder;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSnapshot.Problem;
import dev.tidemark.flux.ResourceSnapshot.Severity;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.folder.ManifestFiles.Stamp;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    private final List<Path> roots;
    private final Clock clock;
    private final Map<Path, Loaded> files = new HashMap<>();
    private final CopyOnWriteArrayList<Consumer<ResourceSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile ResourceSnapshot current = ResourceSnapshot.EMPTY;
    private volatile boolean closing;

    /** What a glance saw that lacks resources, until another one sees the same. */
    private @Nullable ResourceSnapshot doubted;

    /** @param settled false if the file is so young that its stamp may not tell a later edit: it is read again */
    private record Loaded(Stamp stamp, boolean settled, List<Resource<?>> resources, List<Problem> problems) {
        boolean isCurrent(Stamp now) {
            return settled && stamp.equals(now);
        }
    }

    private FolderResources(List<Path> roots, Clock clock) {
        this.roots = List.copyOf(roots);
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("folder-resources").unstarted(this::watch);
    }

    /** Reads everything and begins to watch. A root that does not exist yet is a problem in the snapshot. */
    public static FolderResources open(List<Path> roots) {
        FolderResources resources = unwatched(roots, Clock.systemUTC());
        resources.thread.start();
        return resources;
    }

    /** Reads everything; later {@link #glance} looks again. */
    static FolderResources unwatched(List<Path> roots, Clock clock) {
        FolderResources resources = new FolderResources(roots, clock);
        resources.current = resources.load();
        return resources;
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
                        .log(System.Logger.Level.ERROR, "the manifests could not be looked at: " + roots, e);
            }
        }
    }

    /** Looks once and tells the listeners what changed. */
    void glance() {
        ResourceSnapshot next = load();
        if (next.equals(current)) {
            doubted = null;
        } else if (losesSome(next) && !next.equals(doubted)) {
            // Editors and Git take the old file away before they put the new one there: look twice.
            doubted = next;
        } else {
            doubted = null;
            current = next;
            listeners.forEach(listener -> tell(listener, next));
        }
    }

    private boolean losesSome(ResourceSnapshot next) {
        return !next.resources().keySet().containsAll(current.resources().keySet());
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

    private ResourceSnapshot load() {
        List<Problem> problems = new ArrayList<>();
        Map<Path, Stamp> found = new TreeMap<>();
        Set<Path> unseen = new HashSet<>();
        for (Path root : roots) {
            try {
                found.putAll(ManifestFiles.below(root));
            } catch (IOException e) {
                String why = e instanceof NoSuchFileException
                        ? "the folder does not exist: create it"
                        : "cannot be listed: " + e.getMessage();
                problems.add(new Problem(Severity.ERROR, root.toString(), why));
                files.keySet().stream().filter(file -> file.startsWith(root)).forEach(unseen::add);
            }
        }
        files.keySet().removeIf(file -> !found.containsKey(file) && !unseen.contains(file));
        Instant now = clock.instant();
        found.forEach((file, stamp) -> {
            Loaded known = files.get(file);
            if (known == null || !known.isCurrent(stamp)) {
                files.put(file, read(file, stamp, now, known == null ? List.of() : known.resources()));
            }
        });
        return snapshot(new TreeSet<>(files.keySet()), problems);
    }

    private ResourceSnapshot snapshot(Iterable<Path> inOrder, List<Problem> problems) {
        Map<ResourceId, Resource<?>> resources = new LinkedHashMap<>();
        for (Path file : inOrder) {
            Loaded loaded = files.get(file);
            if (loaded == null) {
                continue;
            }
            problems.addAll(loaded.problems());
            for (Resource<?> resource : loaded.resources()) {
                if (resources.putIfAbsent(resource.id(), resource) != null) {
                    problems.add(new Problem(
                            Severity.ERROR,
                            file.toString(),
                            resource.id() + " is declared twice: the first one counts"));
                }
            }
        }
        return new ResourceSnapshot(resources, problems);
    }

    private static Loaded read(Path file, Stamp stamp, Instant now, List<Resource<?>> before) {
        ManifestReader.Content content = contentOf(file, stamp);
        return new Loaded(
                stamp,
                stamp.isSettled(now),
                content.whole() ? content.resources() : over(before, content.resources()),
                content.problems());
    }

    private static ManifestReader.Content contentOf(Path file, Stamp stamp) {
        if (stamp.size() > ManifestReader.MAX_BYTES) {
            return unreadable(
                    file, "has " + stamp.size() + " bytes; at most " + ManifestReader.MAX_BYTES + " are read");
        }
        try {
            return ManifestReader.read(file.toString(), Files.readString(file));
        } catch (MalformedInputException e) {
            return unreadable(file, "is not UTF-8 text");
        } catch (IOException e) {
            return unreadable(file, "cannot be read: " + e.getMessage());
        }
    }

    private static List<Resource<?>> over(List<Resource<?>> before, List<Resource<?>> now) {
        Map<ResourceId, Resource<?>> merged = new LinkedHashMap<>();
        before.forEach(resource -> merged.put(resource.id(), resource));
        now.forEach(resource -> merged.put(resource.id(), resource));
        return List.copyOf(merged.values());
    }

    private static ManifestReader.Content unreadable(Path file, String message) {
        return new ManifestReader.Content(List.of(), List.of(new Problem(Severity.ERROR, file.toString(), message)));
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
    }
}
