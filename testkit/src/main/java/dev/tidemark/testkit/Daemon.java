package dev.tidemark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that runs until it is stopped, and its log. */
public record Daemon(String name, Process process, Path log) {

    /** Two seconds are usual; a machine that builds on every core needs many times that. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    /** Both end at once when asked; an API server that waits for a client's last answer is not worth more. */
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(10);

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

    private static final int LINES_TOLD = 30;

    /** Starts it with no input, its output in {@code name.log} of a folder. */
    public static Daemon start(String name, List<String> command, Path folder) {
        try {
            Path log = folder.resolve(name + ".log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Files.writeString(folder.resolve(name + ".pid"), String.valueOf(process.pid()));
            return new Daemon(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** Waits until a probe succeeds; fails with the end of its log when the program ends before, or takes too long. */
    public void awaitReady(BooleanSupplier ready) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!ready.getAsBoolean()) {
            if (ended(BETWEEN_PROBES)) {
                throw new IllegalStateException(name + " ended with code " + process.exitValue() + ":\n" + told());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " is not ready after " + READY_WITHIN + ":\n" + told());
            }
        }
    }

    /** Asks it to end, and ends it where that does not help. */
    public void stop() {
        process.destroy();
        if (!ended(ENDED_WITHIN)) {
            process.destroyForcibly().onExit().join();
        }
    }

    private boolean ended(Duration within) {
        try {
            return process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    private String told() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
