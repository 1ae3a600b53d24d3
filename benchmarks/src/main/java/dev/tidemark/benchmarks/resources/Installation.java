package dev.tidemark.benchmarks.resources;

import dev.tidemark.benchmarks.ServicesProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One build of Tidemark, running on the manifests of some apps. */
final class Installation implements AutoCloseable {

    private final Process up;
    private final Path log;

    private Installation(Process up, Path log) {
        this.up = up;
        this.log = log;
    }

    static Installation start(Path root, Apps apps) throws IOException, InterruptedException {
        Path log = apps.state().resolveSibling("up.log");
        Process up = new ProcessBuilder(List.of(
                        root.resolve("tidemark").toString(),
                        "up",
                        "--manifests",
                        apps.manifests().toString(),
                        "--state",
                        apps.state().toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Installation installation = new Installation(up, log);
        while (up.isAlive() && !installation.services().isStarted()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return installation;
    }

    boolean isAlive() {
        return up.isAlive();
    }

    String printed() throws IOException {
        return Files.readString(log);
    }

    ServicesProcess services() {
        return new ServicesProcess(up);
    }

    @Override
    public void close() {
        services().stop();
    }
}
