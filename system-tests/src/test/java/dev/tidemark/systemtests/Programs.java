package dev.tidemark.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The processes of one test. None of them outlives it, also not their children. */
final class Programs implements AutoCloseable {

    private static final long STOP_SECONDS = 30;

    private final Path folder;
    private final List<Program> started = new ArrayList<>();
    private final Thread atExit = new Thread(this::endAll, "end-programs");

    /** @param folder for what they print */
    Programs(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A process and what it printed. */
    record Program(Process process, Path out, Path err) {

        /** Both streams, for the description of a failure. */
        String output() {
            return text(out) + text(err);
        }

        String printed() {
            return text(out);
        }

        String complaints() {
            return text(err);
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** As kill -9: it cannot say goodbye to anybody. Its children go too. */
        void kill() {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly().onExit().join();
            children.forEach(ProcessHandle::destroyForcibly);
        }

        /** Asks it to end. */
        void stop() throws IOException, InterruptedException {
            signal("TERM");
        }

        /** Ctrl-C. */
        void interrupt() throws IOException, InterruptedException {
            signal("INT");
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
            if (code != 0 && process.isAlive()) {
                throw new AssertionError("kill -" + name + " answered " + code);
            }
        }

        /** The exit code of a process that is expected to end. */
        int exitCode(long seconds) throws InterruptedException {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + seconds + " s: " + output());
            }
            return process.exitValue();
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("tidemark.root"), "tidemark.root"));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    Program start(List<String> command) throws IOException {
        return start(command, Map.of());
    }

    /** @param environment beside this process's own */
    synchronized Program start(List<String> command, Map<String, String> environment) throws IOException {
        int number = started.size();
        Path out = folder.resolve("process-" + number + ".out");
        Path err = folder.resolve("process-" + number + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Program program = new Program(process, out, err);
        started.add(program);
        return program;
    }

    @Override
    public void close() {
        endAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private synchronized void endAll() {
        for (Program program : started) {
            program.process().descendants().forEach(ProcessHandle::destroyForcibly);
            program.process().destroyForcibly();
        }
        for (Program program : started) {
            try {
                boolean unused = program.process().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
