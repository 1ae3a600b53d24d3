package dev.tidemark.systemtests;

import static org.awaitility.Awaitility.await;

import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.systemtests.Programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line on one state folder, as a user runs it. */
final class Tidemark {

    /** On an idle machine a start takes three seconds; the machine that tests is not idle. */
    static final Duration LIMIT = Duration.ofMinutes(3);

    private static final long SECONDS = LIMIT.toSeconds();

    private final Programs programs;
    private final List<String> before;
    private final Map<String, String> environment = new HashMap<>();
    /** Its own, over restarts: another test may have the default one meanwhile. */
    private final int port = EmbeddedBroker.freePort();

    private final Path state;

    /** As much of a log as tells why a process ended: a stack trace and what came before it. */
    private static final int END_OF_LOG = 12_000;

    /** @param before what stands before the command, to run it somewhere else; usually nothing */
    Tidemark(Programs programs, Path state, String... before) {
        this.programs = programs;
        this.state = state;
        this.before = List.of(before);
    }

    /** Says something to all that it runs from now on. */
    Tidemark with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What a command printed. */
    record Answer(int code, String out, String err) {

        String all() {
            return out + err;
        }
    }

    Path state() {
        return state;
    }

    /** Runs a command to its end. */
    Answer run(String... arguments) throws IOException, InterruptedException {
        Program program = start(arguments);
        int code = program.exitCode(SECONDS);
        return new Answer(code, program.printed(), program.complaints());
    }

    /** {@code up} on a folder of manifests, until everything is ready. */
    Program up(Path manifests, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("up", "--manifests", manifests.toString(), "--listen", "127.0.0.1:" + port));
        arguments.addAll(List.of(more));
        Program up = start(arguments.toArray(String[]::new));
        await().atMost(LIMIT).until(() -> {
            if (!up.isAlive()) {
                throw new AssertionError("up ended: " + up.output() + "\nthe end of its log:\n" + endOfLog());
            }
            return up.printed().contains(" is ready after ");
        });
        return up;
    }

    Program start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Programs.root().resolve("tidemark").toString());
        command.addAll(List.of(arguments));
        command.add("--state");
        command.add(state.toString());
        // what is tested was built already, by whoever runs the test
        Map<String, String> all = new HashMap<>(environment);
        all.put("TIDEMARK_BUILD", "never");
        all.put("TIDEMARK_JAVA_HOME", System.getProperty("java.home"));
        return programs.start(command, all);
    }

    String status() throws IOException, InterruptedException {
        return run("status").all();
    }

    String describe(String kind, String namespace, String name) throws IOException, InterruptedException {
        return run("describe", kind, name, "-n", namespace).all();
    }

    /** The status file of a resource; empty while there is none. */
    String statusFile(String kind, String namespace, String name) throws IOException {
        Path file = state.resolve("status").resolve(kind).resolve(namespace).resolve(name + ".yaml");
        // within single quotes YAML writes each quote twice
        return Files.exists(file)
                ? Files.readString(file).replaceAll("\\s+", " ").replace("''", "'")
                : "";
    }

    /** The state folder of a test is gone when somebody reads why it failed. */
    private String endOfLog() throws IOException {
        String log = log();
        return log.substring(Math.max(0, log.length() - END_OF_LOG));
    }

    /** What the services logged. */
    String log() throws IOException {
        return Files.readString(state.resolve("logs/tidemark.log"));
    }
}
