package dev.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectsTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final Path file;

    EffectsTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("my-app.yaml");
    }

    private static String kustomization(String tag) {
        return "spec:\n  postBuild:\n    substitute:\n      APP_IMAGE_TAG: \"" + tag + "\"\n";
    }

    /** Somebody pushes a tag that is there, or goes back to it. */
    @Test
    void whatIsShownAlreadyIsNoEffect() throws Exception {
        Files.writeString(file, kustomization("1.4.2"));
        try (Fleet fleet = Fleet.prepare(folder.resolve("fleet.git"), Instant.EPOCH)) {
            assertThat(Effects.watch(fleet, file, "1.4.2", LIMIT).rendered()).isEmpty();

            Effects next = Effects.watch(fleet, file, "1.5.0", LIMIT);
            Files.writeString(file, kustomization("1.5.0"));
            assertThat(next.rendered())
                    .hasValueSatisfying(
                            landed -> assertThat(landed.what().tag()).isEqualTo("1.5.0"));
        }
    }
}
