package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpFoldersTest {

    @TempDir
    private Path folder;

    @Test
    void oneThatWasServedMayBeAwayAndOneThatNeverWasIsAMistake() throws IOException {
        StateFolder state = StateFolder.of(folder.resolve("state")).create();
        Path away = folder.resolve("not-mounted");
        assertThatThrownBy(() -> UpCommand.manifestFolders(List.of(away), state))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no folder");

        Files.writeString(state.root().resolve("run.json"), "{\"manifests\": [\"" + away + "\"]}");

        assertThat(UpCommand.manifestFolders(List.of(away), state)).containsExactly(away);
        assertThatThrownBy(() -> UpCommand.manifestFolders(List.of(folder.resolve("other")), state))
                .hasMessageContaining("there is no folder");
    }
}
