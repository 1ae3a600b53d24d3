package dev.tidemark.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPartitionsTest {

    private static final String SETTING = "tidemark.partitions";

    /** As in the application, and as somebody sets it. */
    private static final int INSIDE = 250;

    private static final int ENVIRONMENT = 300;

    private final Path kafka;
    private final SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(Map.of(SETTING, "1"), "application.properties", INSIDE));

    LogPartitionsTest(@TempDir Path folder) {
        this.kafka = folder.resolve("kafka");
    }

    @AfterEach
    void forget() {
        System.clearProperty(SETTING);
    }

    private void log(String... partitions) throws IOException {
        for (String partition : partitions) {
            Files.createDirectories(kafka.resolve(partition));
        }
    }

    private @Nullable String used() throws IOException {
        SmallRyeConfig built = config.build();
        LogPartitions.use(built, kafka);
        return System.getProperty(SETTING);
    }

    @Test
    void aNewLogGetsTheDefault() throws IOException {
        assertThat(used()).isNull();
    }

    @Test
    void aLogKeepsThoseThatItWasMadeWith() throws IOException {
        log(
                "tag-discovered-0",
                "tag-discovered-1",
                "tag-discovered.dead-letter-0",
                "tag-selected-0",
                "__consumer_offsets-0",
                "policy-evaluator-tags-changelog-0");

        assertThat(used()).isEqualTo("2");
    }

    @Test
    void whatSomebodySetIsLeftToTheServicesToCompare() throws IOException {
        log("tag-discovered-0");
        config.withSources(new PropertiesConfigSource(Map.of(SETTING, "2"), "environment", ENVIRONMENT));

        assertThat(used()).isNull();
    }

    @Test
    void anotherClustersLogInTheFolderDoesNotCount() throws IOException {
        log("tag-discovered-0", "tag-discovered-1", "staging.tag-discovered-0", "acmetag-discovered-0");
        config.withSources(
                new PropertiesConfigSource(Map.of("tidemark.topic-prefix", "acme"), "environment", ENVIRONMENT));

        assertThat(used()).isEqualTo("1");
    }
}
