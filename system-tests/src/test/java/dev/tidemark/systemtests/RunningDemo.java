package dev.tidemark.systemtests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.systemtests.Programs.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The demo runs below the reader's folder, and a second version has been pushed. */
final class RunningDemo extends Surroundings {

    RunningDemo(Programs programs, Path folder) throws Exception {
        Program demo = start(programs, folder, "demo");
        await().atMost(Tidemark.LIMIT).until(() -> {
            if (!demo.isAlive()) {
                throw new AssertionError("the demo ended: " + demo.output());
            }
            return demo.printed().contains("Ctrl-C ends the demo");
        });
        Path state = folder.resolve(".tidemark/demo");
        Program push = start(programs, folder, "push", "my-app:1.5.0", "--wait", "60");
        if (push.exitCode(Tidemark.LIMIT.toSeconds()) != 0) {
            throw new AssertionError(push.output());
        }
        Program head = programs.start(List.of(
                "git",
                "--git-dir",
                state.resolve("demo/fleet.git").toString(),
                "rev-parse",
                "--short=7",
                "staging-image-updates"));
        head.exitCode(Tidemark.LIMIT.toSeconds());
        call("8f14e45", head.printed().strip());
        URI management = URI.create(new ObjectMapper()
                .readTree(state.resolve("endpoints.json").toFile())
                .path("management")
                .asText());
        call("localhost:9000", management.getAuthority());
    }

    private static Program start(Programs programs, Path folder, String... command) throws IOException {
        return programs.start(
                List.of(
                        "bash",
                        "-c",
                        "cd '" + folder + "' && exec '" + Programs.root().resolve("tidemark") + "' "
                                + String.join(" ", command)),
                Map.of("TIDEMARK_BUILD", "never", "TIDEMARK_JAVA_HOME", System.getProperty("java.home")));
    }
}
