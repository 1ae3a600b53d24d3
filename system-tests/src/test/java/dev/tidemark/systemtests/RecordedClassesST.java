package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.systemtests.Programs.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Dockerfile runs while an image is built, in a folder laid out as the image is. */
class RecordedClassesST {

    private static final long LIMIT_MINUTES = 5;
    private static final Path IMAGES = Programs.root().resolve("deploy/images");
    private static final Path PACKAGED =
            Programs.root().resolve("registry-watcher").resolve("target/quarkus-app");

    @Test
    void theJvmOfAnImageTakesWhatItsBuildRecorded(@TempDir Path folder) throws Exception {
        Path image = Files.createDirectory(folder.resolve("image"));
        copy(PACKAGED, image);
        Files.copy(IMAGES.resolve("java-flags"), image.resolve("java-flags"));
        try (Programs programs = new Programs(folder)) {
            Program recorded = programs.start(
                    in(
                            image,
                            "bash",
                            IMAGES.resolve("record-classes").toString(),
                            image.resolve("classes.aot").toString(),
                            Programs.root()
                                    .resolve("all-in-one/target/quarkus-app/lib/main")
                                    .toString()),
                    environment());
            assertThat(recorded.exitCode(TimeUnit.MINUTES.toSeconds(LIMIT_MINUTES)))
                    .as(recorded.output())
                    .isZero();

            Program next = programs.start(
                    in(
                            image,
                            "java",
                            "@java-flags",
                            "-XX:AOTCache=classes.aot",
                            "-Xlog:aot:stdout",
                            "-cp",
                            "quarkus-run.jar",
                            "-version"),
                    environment());
            assertThat(next.exitCode(TimeUnit.MINUTES.toSeconds(LIMIT_MINUTES))).isZero();
            assertThat(next.printed()).contains("Using AOT-linked classes: true");
        }
    }

    private static List<String> in(Path folder, String... command) {
        List<String> words =
                new ArrayList<>(List.of("sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder.toString()));
        words.addAll(List.of(command));
        return words;
    }

    private static Map<String, String> environment() {
        int port = EmbeddedBroker.freePort();
        return Map.of(
                "PATH",
                Path.of(Programs.java()).getParent() + File.pathSeparator + System.getenv("PATH"),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(EmbeddedBroker.freePort()),
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(EmbeddedBroker.freePort()),
                "KAFKA_PORT",
                Integer.toString(port),
                "KAFKA_CONTROLLER_PORT",
                Integer.toString(EmbeddedBroker.freePort()));
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        int code = new ProcessBuilder("cp", "-a", from + "/.", to.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }
}
