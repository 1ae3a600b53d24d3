package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The command as a person runs it: processes, all on one state folder, with their output in files. */
final class Commands implements AutoCloseable {

    static final Path ROOT = Path.of(System.getProperty("tidemark.root"));

    /** Starting takes seconds on an idle machine; the machine that tests is not idle. */
    static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path folder;
    private final Path state;
    private final List<Process> started = new ArrayList<>();

    Commands(Path folder) {
        this.folder = folder;
        this.state = folder.resolve("state folder");
    }

    /** What a command printed. */
    record Finished(int code, String out, String err) {}

    Path state() {
        return state;
    }

    /** Runs a command to its end. */
    Finished run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Finished(process.exitValue(), text(process, "out"), text(process, "err"));
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("tidemark").toString()));
        command.addAll(List.of(arguments));
        command.add("--state");
        command.add(state.toString());
        int number = started.size();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(number + ".out").toFile())
                .redirectError(folder.resolve(number + ".err").toFile());
        // what is tested was built already, by whoever runs the test
        builder.environment().put("TIDEMARK_BUILD", "never");
        builder.environment().put("TIDEMARK_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    String text(Process process, String stream) throws IOException {
        return Files.readString(folder.resolve(started.indexOf(process) + "." + stream));
    }

    void awaitOutput(Process process, String text) {
        Awaitility.await().atMost(LIMIT).until(() -> {
            assertThat(process.isAlive()).as(text(process, "err")).isTrue();
            return text(process, "out").contains(text);
        });
    }

    static void interrupt(Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Override
    public void close() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
