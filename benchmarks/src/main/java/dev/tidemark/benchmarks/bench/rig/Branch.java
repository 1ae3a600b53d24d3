package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What a branch points at, and when that changed: looked at every millisecond, by a thread of its own. */
public final class Branch implements AutoCloseable {

    private static final long GLANCE_NANOS = 1_000_000;

    private final Path reference;
    private final Rig rig;
    private final List<Change> changes = new ArrayList<>();
    private final Thread watcher;
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    /** @param nanos when it was seen, by {@link System#nanoTime} */
    public record Change(String commit, long nanos) {}

    Branch(Repository repository, Rig rig) throws IOException {
        this.rig = rig;
        this.reference = repository.reference();
        changes.add(new Change(head(), System.nanoTime()));
        this.watcher = Thread.ofPlatform().daemon().name("branch").start(this::watch);
    }

    private String head() throws IOException {
        try {
            return Files.readString(reference).strip();
        } catch (NoSuchFileException replaced) {
            return "";
        }
    }

    private void watch() {
        try {
            while (!closed) {
                String now = head();
                if (!now.isEmpty() && !now.equals(newest().commit())) {
                    synchronized (changes) {
                        changes.add(new Change(now, System.nanoTime()));
                    }
                }
                LockSupport.parkNanos(GLANCE_NANOS);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    public Change newest() {
        synchronized (changes) {
            return changes.getLast();
        }
    }

    /** The first change behind this one. */
    public Change next(Change before, Duration limit) throws IOException, InterruptedException {
        var unused = rig.await("a push", limit, () -> {
            IOException broken = failure;
            if (broken != null) {
                throw broken;
            }
            return !newest().equals(before);
        });
        return since(before).getFirst();
    }

    /** Changes behind this one. */
    public List<Change> since(Change before) {
        synchronized (changes) {
            return List.copyOf(changes.subList(changes.indexOf(before) + 1, changes.size()));
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
    }
}
