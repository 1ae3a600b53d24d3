package dev.tidemark.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPartitionsTest {

    private final Path kafka;

    LogPartitionsTest(@TempDir Path folder) {
        this.kafka = folder.resolve("kafka");
    }

    @Test
    void aNewLogHasNone() throws IOException {
        assertThat(LogPartitions.count(kafka)).isZero();
    }

    @Test
    void aLogKeepsThoseThatItWasMadeWith() throws IOException {
        for (String name : new String[] {
            "tag-discovered-0",
            "tag-discovered-1",
            "tag-discovered.dead-letter-0",
            "tag-selected-0",
            "__consumer_offsets-0",
            "policy-evaluator-tags-changelog-0"
        }) {
            Files.createDirectories(kafka.resolve(name));
        }

        assertThat(LogPartitions.count(kafka)).isEqualTo(2);
    }

    @Test
    void aPrefixOfTheTopicsDoesNotMatter() throws IOException {
        Files.createDirectories(kafka.resolve("staging.tag-discovered-0"));

        assertThat(LogPartitions.count(kafka)).isEqualTo(1);
    }
}
