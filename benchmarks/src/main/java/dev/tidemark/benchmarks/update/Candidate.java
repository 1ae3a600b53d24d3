package dev.tidemark.benchmarks.update;

import dev.tidemark.demo.DemoFolder;
import dev.tidemark.demo.Fleet;
import dev.tidemark.demo.Pusher;
import dev.tidemark.demo.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo of one build of Tidemark, running on an empty state folder. */
final class Candidate implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration EFFECT_LIMIT = Duration.ofSeconds(30);
    private static final Pattern REGISTRY = Pattern.compile("registry\"?\\s*:\\s*\"([^\"]+)\"");

    /** The kernel counts processor time in these, on every architecture that we run on. */
    private static final int MILLIS_A_TICK = 10;

    private final Process demo;
    private final Path log;
    private final DemoFolder folder;

    private Candidate(Process demo, Path log, DemoFolder folder) {
        this.demo = demo;
        this.log = log;
        this.folder = folder;
    }

    /** Starts it and waits for its first update. */
    static Candidate start(Path root, Path state) throws IOException, InterruptedException {
        Path log = state.resolveSibling(state.getFileName() + ".log");
        Process demo = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dtidemark.home=" + root,
                        "-jar",
                        root.resolve("cli/target/tidemark-cli.jar").toString(),
                        "demo",
                        "--state",
                        state.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Candidate candidate = new Candidate(demo, log, new DemoFolder(state));
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!candidate.printed().contains("tidemark push")) {
            if (System.nanoTime() > deadline || !demo.isAlive()) {
                throw new IllegalStateException("the demo of " + root + " does not start: " + candidate.printed());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return candidate;
    }

    String printed() throws IOException {
        return Files.readString(log);
    }

    Pusher.Outcome push(String version) throws IOException, InterruptedException {
        Matcher registry = REGISTRY.matcher(Files.readString(folder.description()));
        if (!registry.find()) {
            throw new IllegalStateException(folder.description() + " names no registry");
        }
        try (RegistryClient client = new RegistryClient(URI.create(registry.group(1)));
                Fleet fleet = Fleet.open(folder.fleet())) {
            return new Pusher(client, fleet, folder.kustomization()).push(version, EFFECT_LIMIT);
        }
    }

    /** Processor time that the services took so far. */
    Duration processorTime() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofMillis((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_A_TICK);
    }

    /** A line of the kernel's status of the services' process. */
    String status(String name) throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith(name + ':'))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    private Path proc(String file) {
        long pid = demo.descendants().findFirst().orElseThrow().pid();
        return Path.of("/proc", Long.toString(pid), file);
    }

    @Override
    public void close() {
        demo.destroy();
        demo.onExit()
                .orTimeout(30, TimeUnit.SECONDS)
                .exceptionally(late -> demo.destroyForcibly())
                .join();
    }
}
