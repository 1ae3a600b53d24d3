package dev.tidemark.committer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own. */
final class PackagedCommitter implements AutoCloseable {

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();

    private PackagedCommitter(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::drain);
    }

    static PackagedCommitter start(String bootstrapServers, int partitions, Path manifests, Path state) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.port=0",
                "-Dquarkus.kubernetes-client.devservices.enabled=false",
                "-Dkafka.bootstrap.servers=" + bootstrapServers,
                "-Dtidemark.partitions=" + partitions,
                "-Dtidemark.manifests=" + manifests,
                "-Dtidemark.state=" + state,
                "-jar",
                System.getProperty("tidemark.package")));
        try {
            return new PackagedCommitter(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drain() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException ended) {
            // the process is gone
        }
    }

    /** What it printed so far. */
    String output() {
        return String.join("\n", output);
    }

    /** It asks nobody and is not asked: {@code SIGSTOP}. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("sh", "-c", "kill -" + name + ' ' + process.pid())
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + name + " answered " + code);
        }
    }

    /** As {@code kill -9} does it. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
