package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All that a case stands on, in a folder of its own. Nothing of it outlives this process. */
public final class Rig implements AutoCloseable {

    private final Path root;
    private final Path folder;
    private final Load load;
    private final Thread atExit = new Thread(this::end, "end-rig");
    private Optional<Tidemark> running = Optional.empty();
    private int starts;

    private Rig(Path root, Path folder, Load load) {
        this.root = root;
        this.folder = folder;
        this.load = load;
    }

    /**
     * Makes it, with the process of the load.
     *
     * @param root of the checkout to measure
     * @param folder for all files, which is to be empty
     */
    public static Rig create(Path root, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("manifests"));
        Files.createDirectories(folder.resolve("git"));
        Rig rig = new Rig(root, folder, Load.start(folder.resolve("git"), folder.resolve("load.log")));
        Runtime.getRuntime().addShutdownHook(rig.atExit);
        return rig;
    }

    /** The checkout that is measured. */
    public Path root() {
        return root;
    }

    /** For files of the case. */
    public Path folder() {
        return folder;
    }

    public Load load() {
        return load;
    }

    public Path manifests() {
        return folder.resolve("manifests");
    }

    public Path state() {
        return folder.resolve("state");
    }

    public Statuses statuses() {
        return new Statuses(this);
    }

    /** Creates the images of these apps, and declares them. */
    public Apps declare(Apps apps) throws IOException {
        apps.createImages(load);
        apps.declare(manifests(), load);
        return apps;
    }

    /** The repository with what these apps write to. */
    public Repository repository(Apps apps, Repository.Others others) throws IOException, InterruptedException {
        return Repository.create(folder.resolve("git/fleet.git"), apps.files(load), others);
    }

    /** A repository of this name, {@code NAME.git}, with these files. */
    public Repository repository(String name, Map<String, String> files) throws IOException, InterruptedException {
        return Repository.create(folder.resolve("git").resolve(name + ".git"), files, Repository.Others.NONE);
    }

    /** What happens on the branch of a repository. */
    public Branch watch(Repository repository) throws IOException {
        return new Branch(repository, this);
    }

    /** What the log of the Tidemark that runs says of commits. */
    public History history() throws IOException {
        return History.of(this);
    }

    /** Starts Tidemark, and waits until it is ready. */
    public Tidemark start() throws IOException, InterruptedException {
        starts++;
        Tidemark tidemark = Tidemark.start(root, manifests(), state(), folder.resolve("up-" + starts + ".log"));
        running = Optional.of(tidemark);
        return tidemark.awaitReady();
    }

    /**
     * Asks every millisecond, as long as Tidemark runs.
     *
     * @return when it held, by {@link System#nanoTime}
     */
    public long await(String what, Duration limit, Limits.Condition condition)
            throws IOException, InterruptedException {
        return Limits.await(what, limit, () -> {
            if (running.isPresent()) {
                running.get().requireAlive();
            }
            return condition.holds();
        });
    }

    /** Ends Tidemark; what it knows stays. */
    public void stop() {
        running.ifPresent(Tidemark::close);
        running = Optional.empty();
    }

    /** Ends Tidemark, and makes it forget everything. */
    public void forget() throws IOException {
        stop();
        delete(state());
    }

    /** Removes a folder; not that of a case that failed, which it explains. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(folder + " cannot be removed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException endingAlready) {
            // it runs by itself, and finds nothing to do
        }
    }

    private synchronized void end() {
        stop();
        load.close();
    }
}
