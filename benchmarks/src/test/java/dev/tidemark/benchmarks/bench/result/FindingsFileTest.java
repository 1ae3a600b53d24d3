package dev.tidemark.benchmarks.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsFileTest {

    private static final Findings FINDINGS = new Findings(
            Map.of("cores", "2", "commit", "abc"),
            List.of(
                    new Outcome(
                            "update",
                            "a webhook → \"the\" commit",
                            "3 updates",
                            List.of(
                                    new Measure("webhook → commit", "ms", new Sample(List.of(3.5, 1.25, 2.0))),
                                    Measure.of("commits", "", 0)),
                            "",
                            0.25),
                    new Outcome("kill", "kill -9", "1 round", List.of(), "no push came", 0)));

    private final Path file;

    FindingsFileTest(@TempDir Path folder) {
        this.file = folder.resolve("new/result.json");
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        FindingsFile.write(file, FINDINGS);

        assertThat(FindingsFile.read(file)).isEqualTo(FINDINGS);
    }

    @Test
    void otherProgramsFindTheStatistics() {
        assertThat(FindingsFile.json(FINDINGS))
                .contains("\"median\": 2", "\"min\": 1.25", "\"p90\": 3.5", "\"n\": 3", "\"cores\": \"2\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"environment\": {}}",
                "{\"environment\": {}, \"cases\": [1]}",
                "{\"environment\": {\"cores\": 2}, \"cases\": []}",
                "{\"environment\": {}, \"cases\": [{\"name\": \"a\", \"about\": \"\", \"size\": \"\", \"failure\": \"\","
                        + " \"others\": 0, \"measures\": [{\"name\": \"b\", \"unit\": \"\", \"values\": []}]}]}",
            })
    void somethingElseIsNamed(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);

        assertThatIOException().isThrownBy(() -> FindingsFile.read(file)).withMessageContaining(file.toString());
    }
}
