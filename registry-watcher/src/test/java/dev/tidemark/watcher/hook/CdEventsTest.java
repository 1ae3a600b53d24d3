package dev.tidemark.watcher.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CdEventsTest {

    private static final String GOOD = """
            {"context": {"version": "0.4.1", "id": "1", "source": "/ci", "type": "dev.cdevents.artifact.published.0.2.0",
             "timestamp": "2026-11-22T10:00:00Z"},
             "subject": {"id": "web", "source": "/ci", "type": "artifact", "content": {}}}""";

    private static boolean isEvent(String body) {
        return CdEvents.isEvent(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAnEvent() {
        assertThat(isEvent(GOOD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.cdevents.artifact.packaged.0.2.0",
                "dev.cdevents.pipelinerun.queued.0.2.0",
                "dev.cdevents.testcaserun.skipped.0.1.0",
                "dev.cdevents.ticket.closed.0.1.0"
            })
    void knowsTheTypesOfTheVersion(String type) {
        String subject = List.of(type.split("\\.", -1)).get(2);
        String written = subject.replace("run", "Run").replace("case", "Case");
        assertThat(isEvent(GOOD.replace("dev.cdevents.artifact.published.0.2.0", type)
                        .replace("\"type\": \"artifact\"", "\"type\": \"" + written + '"')))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dev.cdevents.artifact.published.0.2.0 | dev.cdevents.artifact.merged.0.2.0",
                "dev.cdevents.artifact.published.0.2.0 | dev.cdevents.artifact.published.0.9.1",
                "dev.cdevents.artifact.published.0.2.0 | dev.cdevents.build.queued.0.2.0",
                "dev.cdevents.artifact.published.0.2.0 | dev.cdevents.artifact.published.1.0.0",
                "dev.cdevents.artifact.published.0.2.0 | com.example.thing",
                "\"version\": \"0.4.1\" | \"version\": \"\"",
                "\"id\": \"1\" | \"id\": 1",
                "\"source\": \"/ci\", \"type\": \"dev | \"type\": \"dev",
                "2026-11-22T10:00:00Z | yesterday",
                "\"content\": {} | \"content\": 7",
                "\"context\" | \"other\""
            })
    void refusesAnotherStructure(String part, String other) {
        assertThat(GOOD).contains(part);
        assertThat(isEvent(GOOD.replace(part, other))).isFalse();
    }
}
