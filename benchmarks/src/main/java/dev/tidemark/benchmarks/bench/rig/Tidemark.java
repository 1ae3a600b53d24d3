package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./tidemark up} of a checkout, as a person starts it. */
public final class Tidemark implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("is ready after \\d+ ms, at (http://\\S+)\\.\\n");
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Process command;
    private final long begun;
    private final Path printed;
    private URI webhooks = URI.create("http://127.0.0.1");
    private long ready;

    private Tidemark(Process command, long begun, Path printed) {
        this.command = command;
        this.begun = begun;
        this.printed = printed;
    }

    /**
     * Begins to start it.
     *
     * @param printed for what the command says
     */
    static Tidemark start(Path root, Path manifests, Path state, Path printed) throws IOException {
        long begun = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("tidemark").toString(),
                        "up",
                        "--manifests",
                        manifests.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--state",
                        state.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        // the script has built it before it measures
        builder.environment().put("TIDEMARK_BUILD", "never");
        builder.environment().put("TIDEMARK_JAVA_HOME", System.getProperty("java.home"));
        return new Tidemark(builder.start(), begun, printed);
    }

    Tidemark awaitReady() throws IOException, InterruptedException {
        ready = Limits.await("the services to be ready", Limits.START, () -> {
            Matcher said = READY.matcher(Files.readString(printed));
            if (said.find()) {
                webhooks = URI.create(said.group(1));
                return true;
            }
            requireAlive();
            return false;
        });
        return this;
    }

    void requireAlive() throws IOException {
        if (!command.isAlive()) {
            throw new IOException("'tidemark up' ended, see " + printed);
        }
    }

    /** From the command to ready, in nanoseconds. */
    public long startNanos() {
        return ready - begun;
    }

    /** When the command was given, by {@link System#nanoTime}. */
    public long begun() {
        return begun;
    }

    /** When it was ready, by {@link System#nanoTime}. */
    public long ready() {
        return ready;
    }

    /** Where it listens for webhooks. */
    URI webhooks() {
        return webhooks;
    }

    /** All its processes. */
    public ProcessTree processes() {
        return new ProcessTree(command.toHandle());
    }

    /** Asks it to end, and waits for that; in nanoseconds. */
    public long end() {
        List<ProcessHandle> services = command.descendants().toList();
        long asked = System.nanoTime();
        command.destroy();
        command.onExit().join();
        services.forEach(process -> process.onExit().join());
        return System.nanoTime() - asked;
    }

    /** As {@code kill -9} of all its processes. */
    public void kill() {
        List<ProcessHandle> services = command.descendants().toList();
        command.destroyForcibly();
        services.forEach(ProcessHandle::destroyForcibly);
        command.onExit().join();
        services.forEach(process -> process.onExit().join());
    }

    /** Asks it to end, and makes it end. */
    @Override
    public void close() {
        List<ProcessHandle> services = command.descendants().toList();
        command.destroy();
        var unused = command.onExit()
                .orTimeout(STOP.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(late -> command.destroyForcibly())
                .join();
        services.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
