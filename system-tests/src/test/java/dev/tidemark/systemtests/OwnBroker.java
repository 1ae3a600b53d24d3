package dev.tidemark.systemtests;

import static org.awaitility.Awaitility.await;

import dev.tidemark.broker.BrokerProgram;
import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.systemtests.Programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A broker in a process of its own, which can be killed and comes back on the same ports with the same log. */
final class OwnBroker {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Programs programs;
    private final Path folder;
    private final int port = EmbeddedBroker.freePort();
    private final int controllerPort = EmbeddedBroker.freePort();
    private @Nullable Program program;

    OwnBroker(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Returns when it can be used. */
    void start() throws IOException {
        // of a broker that was killed
        Files.deleteIfExists(folder.resolve(BrokerProgram.READY));
        Program started = programs.start(List.of(
                Programs.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                BrokerProgram.class.getName(),
                folder.toString(),
                Integer.toString(port),
                Integer.toString(controllerPort)));
        program = started;
        await().atMost(LIMIT).until(() -> {
            if (!started.isAlive()) {
                throw new AssertionError("the broker ended: " + started.output());
            }
            return Files.exists(folder.resolve(BrokerProgram.READY));
        });
    }

    /** @param orderly whether it may say goodbye */
    void end(boolean orderly) throws InterruptedException {
        Program ending = program;
        if (ending == null) {
            return;
        }
        program = null;
        if (orderly) {
            ending.process().destroy();
            int unused = ending.exitCode(LIMIT.toSeconds());
        } else {
            ending.kill();
        }
    }

    boolean isRunning() {
        return program != null;
    }
}
