package dev.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One build of Tidemark, running on some manifests. */
public final class Installation implements AutoCloseable {

    private final Process up;
    private final Path log;

    private Installation(Process up, Path log) {
        this.up = up;
        this.log = log;
    }

    /** @param options more of what {@code up} takes */
    public static Installation start(Path root, Path manifests, Path state, String... options)
            throws IOException, InterruptedException {
        Path log = state.resolveSibling("up.log");
        List<String> command = new ArrayList<>(List.of(
                root.resolve("tidemark").toString(),
                "up",
                "--manifests",
                manifests.toString(),
                "--state",
                state.toString()));
        Collections.addAll(command, options);
        Process up = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Installation installation = new Installation(up, log);
        while (up.isAlive() && !installation.services().isStarted()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return installation;
    }

    public boolean isAlive() {
        return up.isAlive();
    }

    /** What it has written to its terminal. */
    public String printed() throws IOException {
        return Files.readString(log);
    }

    public ServicesProcess services() {
        return new ServicesProcess(up);
    }

    @Override
    public void close() {
        services().stop();
    }
}
