package dev.tidemark.flux.folder;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSnapshot.Problem;
import dev.tidemark.flux.ResourceSnapshot.Severity;
import dev.tidemark.flux.ResourceSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Resources from directories or files of manifests, watched: what is written there takes effect, also deletions. A file
 * that cannot be read for the moment never means deletion: what it said last stays in force.
 *
 * <p>Watches by looking: a glance at sizes and times costs less than the wait for events of a recursive watch, and works
 * on every file system.
 */
public final class FolderResources implements ResourceSource, AutoCloseable {

    /** How often the folder is glanced at: an edit is picked up in a quarter of a second, for about no work. */
    private static final Duration GLANCE = Duration.ofMillis(250);

    private final List<Path> roots;
    private final Map<Path, Loaded> files = new HashMap<>();
    private final CopyOnWriteArrayList<Consumer<ResourceSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile ResourceSnapshot current = ResourceSnapshot.EMPTY;
    private volatile boolean closing;

    private record Stamp(long size, FileTime modified) {}

    private record Loaded(Stamp stamp, List<Resource<?>> resources, List<Problem> problems) {}

    private FolderResources(List<Path> roots) {
        this.roots = List.copyOf(roots);
        this.thread = Thread.ofVirtual().name("folder-resources").unstarted(this::watch);
    }

    /** Reads everything and begins to watch. A root that does not exist yet is a problem in the snapshot. */
    public static FolderResources open(List<Path> roots) {
        FolderResources resources = new FolderResources(roots);
        resources.current = resources.load();
        resources.thread.start();
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
            ResourceSnapshot next = load();
            if (!next.equals(current)) {
                current = next;
                listeners.forEach(listener -> tell(listener, next));
            }
        }
    }

    /** One listener's failure must not keep the others from hearing. */
    private static void tell(Consumer<ResourceSnapshot> listener, ResourceSnapshot snapshot) {
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
        for (Path root : roots) {
            try {
                found.putAll(manifestsBelow(root));
            } catch (NoSuchFileException e) {
                problems.add(new Problem(Severity.ERROR, root.toString(), "the folder does not exist: create it"));
            } catch (IOException | UncheckedIOException e) {
                problems.add(new Problem(Severity.ERROR, root.toString(), "cannot be listed: " + e.getMessage()));
                files.forEach((file, loaded) -> {
                    if (file.startsWith(root)) {
                        found.put(file, loaded.stamp());
                    }
                });
            }
        }
        files.keySet().retainAll(found.keySet());
        found.forEach((file, stamp) -> {
            Loaded known = files.get(file);
            if (known == null || !known.stamp().equals(stamp)) {
                files.put(file, read(file, stamp, known == null ? List.of() : known.resources()));
            }
        });
        return snapshot(found.keySet(), problems);
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

    private static Loaded read(Path file, Stamp stamp, List<Resource<?>> before) {
        try {
            ManifestReader.Content content = ManifestReader.read(file.toString(), Files.readString(file));
            return new Loaded(stamp, content.readable() ? content.resources() : before, content.problems());
        } catch (MalformedInputException e) {
            return unreadable(stamp, before, file, "is not UTF-8 text");
        } catch (IOException e) {
            return unreadable(stamp, before, file, "cannot be read: " + e.getMessage());
        }
    }

    private static Loaded unreadable(Stamp stamp, List<Resource<?>> before, Path file, String message) {
        return new Loaded(stamp, before, List.of(new Problem(Severity.ERROR, file.toString(), message)));
    }

    private static Map<Path, Stamp> manifestsBelow(Path root) throws IOException {
        Map<Path, Stamp> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = String.valueOf(path.getFileName());
                if ((name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(path)) {
                    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
                    found.put(path, new Stamp(attributes.size(), attributes.lastModifiedTime()));
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
    }
}
