package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.Endpoints;
import dev.tidemark.cli.state.RunRecord;
import dev.tidemark.cli.state.StateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All-in-one as a child process: it ends with this process, however that ends. */
public final class AllInOne implements AutoCloseable {

    /** A first start on two slow cores takes a tenth of this; after it the log may say what takes so long. */
    private static final Duration LONG_START = Duration.ofSeconds(90);

    /** Channels and broker need a few seconds to close; more means that something hangs. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration TELL_EVERY = Duration.ofSeconds(2);

    /** Where an exception came from says nothing to somebody who starts a program. */
    private static final String STACK_FRAME = "\\s*(at \\S+\\(.*\\)|\\.\\.\\. \\d+ more)";

    /** The broker ends when a write fails; with less than this the next one would fail as well. */
    private static final long FULL_DISK_BYTES = 1024 * 1024;

    /** How all-in-one says that the state folder belongs to another one; and the command to its caller. */
    private static final int STATE_IN_USE = 5;

    private static final int EXIT_STATE_IN_USE = 3;

    /** How it says that it cannot listen where it was told to; its last words say why. */
    private static final int NO_ADDRESS = 4;

    /** How a JVM with {@code -XX:+ExitOnOutOfMemoryError} ends. */
    private static final int OUT_OF_MEMORY = 3;

    private final StateFolder state;
    private final RunRecord run;
    private final Process process;
    private final Thread endWithUs;
    private volatile String lastWords = "";
    private volatile boolean ending;

    private AllInOne(StateFolder state, RunRecord run, Process process) {
        this.state = state;
        this.run = run;
        this.process = process;
        this.endWithUs = new Thread(this::stop, "end-all-in-one");
        Thread.ofPlatform().daemon().name("all-in-one-stderr").start(this::listen);
        try {
            Runtime.getRuntime().addShutdownHook(endWithUs);
        } catch (IllegalStateException endingAlready) {
            stop();
        }
    }

    /** Starts the process; {@link #awaitReady} waits for it. */
    public static AllInOne start(Installation installation, StateFolder state, Settings settings) {
        state.create();
        ProcessBuilder builder = new ProcessBuilder(settings.command(
                ProcessHandle.current().info().command().orElse("java"),
                state.root(),
                installation.allInOne(),
                Heap.fromEnvironment()));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            return new AllInOne(state, new RunRecord(settings.manifests()), builder.start());
        } catch (IOException e) {
            throw new UserError("the services cannot be started: " + e.getMessage() + ".", e);
        }
    }

    /** Keeps what the process says last on standard error: its reason when it ends early. */
    private void listen() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.matches(STACK_FRAME)) {
                    lastWords = line.strip().replaceFirst("^tidemark: ", "");
                }
            }
        } catch (IOException ended) {
            // The process is gone and with it its words.
        }
    }

    /**
     * Waits until everything is ready, or the process has ended. However long that takes: a large log on a busy machine
     * takes minutes, and who ended it would only begin again.
     *
     * @param progress gets a word every two seconds
     */
    public Endpoints awaitReady(Consumer<String> progress) throws InterruptedException {
        long begin = System.nanoTime();
        long told = begin;
        while (true) {
            Optional<Endpoints> endpoints = state.endpoints().filter(e -> e.pid() == process.pid());
            if (endpoints.isPresent()) {
                // Not earlier: until now the folder may belong to another one.
                state.record(run);
                return endpoints.get();
            }
            if (process.waitFor(POLL)) {
                throw ended();
            }
            long now = System.nanoTime();
            if (now - told > TELL_EVERY.toNanos()) {
                told = now;
                progress.accept(starting(Duration.ofNanos(now - begin)));
            }
        }
    }

    private String starting(Duration since) {
        String text = "starting the services, " + since.toSeconds() + " s";
        return since.compareTo(LONG_START) < 0 ? text : text + "; " + state.log() + " says what they do";
    }

    /** Waits as long as the process lives. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
        throw ended();
    }

    private UserError ended() throws InterruptedException {
        int code = process.waitFor();
        if (ending) {
            throw new InterruptedException("ending");
        }
        if (diskIsFull()) {
            throw new UserError("the disk of the state folder " + state.root()
                    + " is full: make room and start again; what was done so far is kept.");
        }
        String reason = lastWords.isEmpty() ? "" : " (" + lastWords + ")";
        return switch (code) {
            case STATE_IN_USE ->
                new UserError(
                        lastWords.isEmpty()
                                ? "another Tidemark runs on " + state.root() + ": end it, or use another --state."
                                : lastWords,
                        EXIT_STATE_IN_USE,
                        null);
            case NO_ADDRESS -> new UserError((lastWords.isEmpty() ? "a port cannot be used" : lastWords) + '.');
            case OUT_OF_MEMORY ->
                new UserError("the services ran out of memory and ended: give them more with "
                        + Heap.ENVIRONMENT + ", for example " + Heap.ENVIRONMENT + "=1g or " + Heap.ENVIRONMENT
                        + "=40%; what was done so far is kept.");
            default -> new UserError("the services ended with code " + code + reason + ": see " + state.log() + ".");
        };
    }

    private boolean diskIsFull() {
        try {
            return Files.getFileStore(state.root()).getUsableSpace() < FULL_DISK_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Ends the process, at first politely. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        } catch (IllegalStateException endingAlready) {
            // The hook runs by itself and finds the process gone.
        }
    }

    private void stop() {
        ending = true;
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
