package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.Endpoints;
import dev.tidemark.cli.state.StateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All-in-one as a child of this process, for what goes on beside it: it ends with this process, however that ends. */
public final class AllInOne implements AutoCloseable {

    /** A first start on two slow cores takes a tenth of this; after it the log may say what takes so long. */
    private static final Duration LONG_START = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration TELL_EVERY = Duration.ofSeconds(2);

    private final StateFolder state;
    private final Process process;
    private final Duration stopLimit;
    private final Thread endWithUs;
    private volatile String lastWords = "";
    private volatile boolean ending;

    private AllInOne(StateFolder state, Process process, Duration stopLimit, Consumer<String> said) {
        this.state = state;
        this.process = process;
        this.stopLimit = stopLimit;
        this.endWithUs = new Thread(this::stop, "end-all-in-one");
        Thread.ofPlatform().daemon().name("all-in-one-stderr").start(this::listen);
        Thread.ofPlatform().daemon().name("all-in-one-stdout").start(() -> pass(said));
        Interrupts.hear(process::destroyForcibly);
        try {
            Runtime.getRuntime().addShutdownHook(endWithUs);
        } catch (IllegalStateException endingAlready) {
            stop();
        }
    }

    /**
     * Starts the process; {@link #awaitReady} waits for it.
     *
     * @param said gets what it says for people: what takes its time
     */
    public static AllInOne start(
            Installation installation, StateFolder state, Settings settings, Consumer<String> said) {
        state.create();
        Jvm jvm = Jvm.of(installation);
        List<String> properties = new ArrayList<>(settings.properties(state.root()));
        properties.add("-Dtidemark.parent-pid=" + ProcessHandle.current().pid());
        ProcessBuilder builder = new ProcessBuilder(jvm.command(properties));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        try {
            return new AllInOne(state, builder.start(), jvm.classes().stopLimit(), said);
        } catch (IOException e) {
            throw new UserError("the services cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private void pass(Consumer<String> said) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.accept(line);
            }
        } catch (IOException ended) {
            // The process is gone and with it its words.
        }
    }

    private void listen() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            Ending.listen(lines, words -> lastWords = words);
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
        return Ending.of(state, code, lastWords);
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
            if (!process.waitFor(stopLimit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
