package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloneFolderTest {

    @Test
    void clearsAwayWhatTheDeadLeftAndNothingElse(@TempDir Path parent) throws Exception {
        Path dead = Files.createDirectories(parent.resolve("process1/clone1/objects"));
        try (CloneFolder first = CloneFolder.take(parent)) {
            Path kept = Files.writeString(first.path().resolve("HEAD"), "ref");

            try (CloneFolder second = CloneFolder.take(parent)) {
                assertThat(second.path()).isNotEqualTo(first.path()).isDirectory();
                assertThat(kept).hasContent("ref");
                assertThat(dead).doesNotExist();
            }
        }
        assertThat(parent).isDirectoryNotContaining(Files::isDirectory);
    }
}
