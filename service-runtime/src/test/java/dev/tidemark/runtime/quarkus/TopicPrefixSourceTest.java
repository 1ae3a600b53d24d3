package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

/** Channels write {@code ${tidemark.topic-prefix}} before their names. */
class TopicPrefixSourceTest {

    private static String topic(String... values) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new TopicPrefixSource())
                .withDefaultValue("topic", "${tidemark.topic-prefix}tag-selected");
        for (int i = 0; i < values.length; i += 2) {
            builder.withDefaultValue(values[i], values[i + 1]);
        }
        SmallRyeConfig config = builder.build();
        return config.getValue("topic", String.class);
    }

    @Test
    void aLogOfTheFirstClusterKeepsItsNames() {
        assertThat(topic()).isEqualTo("tag-selected");
        assertThat(topic("tidemark.cluster", "local")).isEqualTo("tag-selected");
    }

    @Test
    void everyOtherClusterHasItsOwn() {
        assertThat(topic("tidemark.cluster", "prod")).isEqualTo("prod.tag-selected");
        assertThat(topic("tidemark.cluster", "prod", "tidemark.topic-prefix", ""))
                .isEqualTo("prod.tag-selected");
        assertThat(topic("tidemark.cluster", "prod", "tidemark.topic-prefix", "team-a_"))
                .isEqualTo("team-a_tag-selected");
    }

    @Test
    void aNameThatKafkaWouldNotTakeNeedsAPrefix() {
        assertThatThrownBy(() -> topic("tidemark.cluster", "my cluster"))
                .hasStackTraceContaining("set tidemark.topic-prefix to at most");
        assertThat(topic("tidemark.cluster", "my cluster", "tidemark.topic-prefix", "mine."))
                .isEqualTo("mine.tag-selected");
    }
}
