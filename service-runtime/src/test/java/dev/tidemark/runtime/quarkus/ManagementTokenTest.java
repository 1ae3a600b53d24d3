package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTokenTest {

    /** Whose mode nobody may change on Linux, root included: as in a Secret that is mounted into a pod. */
    private static final Path NOT_OURS = Path.of("/proc/self/cmdline");

    @TempDir
    Path folder;

    @Test
    void aFileThatSomebodyElseMountedIsTakenAsItIs() throws IOException {
        Path file = Files.exists(NOT_OURS) ? NOT_OURS : Files.writeString(folder.resolve("token"), "secret");

        assertThat(ManagementToken.in(file)
                        .isIn("Bearer " + Files.readString(file).strip()))
                .isTrue();
    }
}
