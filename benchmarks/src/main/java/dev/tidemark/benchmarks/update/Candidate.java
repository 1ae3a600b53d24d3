package dev.tidemark.benchmarks.update;

import dev.tidemark.benchmarks.ServicesProcess;
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
        Process demo = new ProcessBuilder(
                        List.of(root.resolve("tidemark").toString(), "demo", "--state", state.toString()))
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

    ServicesProcess services() {
        return new ServicesProcess(demo);
    }

    @Override
    public void close() {
        services().stop();
    }
}
