package dev.tidemark.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogTest {

    @TempDir
    private Path folder;

    @Test
    void leavesOutWhatIsOlderWithAllThatBelongsToIt() throws IOException {
        Path file = Files.writeString(folder.resolve("log"), """
                2026-01-02 03:04:05,678 INFO  old
                \tat its trace
                {"timestamp":"2026-01-02T05:04:06.1+02:00","message":"older"}
                2026-01-02 03:04:07,000 INFO  new
                \tat its trace
                {"timestamp":"2026-01-02T05:04:08.1+02:00","message":"newer"}
                """);

        assertThat(new FileLog(file, ZoneOffset.UTC).last(Log.ALL, Optional.of(Instant.parse("2026-01-02T03:04:07Z"))))
                .extracting(LogLine::shown)
                .containsExactly(
                        "2026-01-02 03:04:07,000 INFO  new",
                        "\tat its trace",
                        "{\"timestamp\":\"2026-01-02T05:04:08.1+02:00\",\"message\":\"newer\"}");
    }
}
