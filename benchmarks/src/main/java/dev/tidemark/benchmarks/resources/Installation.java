package dev.tidemark.benchmarks.resources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One build of Tidemark, running on the manifests of some apps. */
final class Installation implements AutoCloseable {

    /** The kernel counts processor time in these, on every architecture that we run on. */
    private static final int MILLIS_A_TICK = 10;

    private final Process up;
    private final Path log;

    private Installation(Process up, Path log) {
        this.up = up;
        this.log = log;
    }

    static Installation start(Path root, Apps apps) throws IOException, InterruptedException {
        Path log = apps.state().resolveSibling("up.log");
        Process up = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dtidemark.home=" + root,
                        "-jar",
                        root.resolve("cli/target/tidemark-cli.jar").toString(),
                        "up",
                        "--manifests",
                        apps.manifests().toString(),
                        "--state",
                        apps.state().toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Installation installation = new Installation(up, log);
        while (up.isAlive() && up.descendants().findFirst().isEmpty()) {
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

    /** Processor time that the services took so far. */
    Duration processorTime() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofMillis((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_A_TICK);
    }

    String memory() throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.substring("VmRSS:".length()).trim())
                .findFirst()
                .orElse("");
    }

    private Path proc(String file) {
        long pid = up.descendants().findFirst().orElseThrow().pid();
        return Path.of("/proc", Long.toString(pid), file);
    }

    @Override
    public void close() {
        up.destroy();
        up.onExit()
                .orTimeout(60, TimeUnit.SECONDS)
                .exceptionally(late -> up.destroyForcibly())
                .join();
    }
}
