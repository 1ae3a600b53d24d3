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
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "artifact.published.0.2.0    | {\"user\": \"x\", \"other\": 7}                       | true",
                "artifact.published.0.2.0    | {\"USER\": null, \"sbom\": null}                      | true",
                "artifact.published.0.2.0    | {\"user\": 7}                                         | false",
                "artifact.published.0.2.0    | {\"User\": [\"x\"], \"user\": \"x\"}                  | false",
                "artifact.published.0.2.0    | {\"sbom\": {\"uri\": \"https://x.example/s\"}}        | true",
                "artifact.published.0.2.0    | {\"sbom\": {\"uri\": \"\"}}                           | false",
                "artifact.published.0.2.0    | {\"sbom\": {}}                                        | false",
                "artifact.published.0.2.0    | {\"sbom\": \"x\"}                                     | false",
                "artifact.deleted.0.1.0      | {\"user\": {}}                                        | false",
                "artifact.signed.0.2.0       | {\"signature\": \"s\"}                                | true",
                "artifact.signed.0.2.0       | {}                                                    | false",
                "ticket.closed.0.1.0         | {\"uri\": \"u\", \"resolution\": \"r\", \"labels\": [\"a\"]} | true",
                "ticket.closed.0.1.0         | {\"uri\": \"u\", \"resolution\": \"r\", \"labels\": \"a\"}   | false",
                "service.removed.0.2.0       | {\"environment\": {\"id\": \"e\"}}                    | true",
                "service.removed.0.2.0       | {\"environment\": {\"id\": 7}}                        | false",
                "service.removed.0.2.0       | {\"environment\": {}}                                 | false",
                "service.deployed.0.2.0      | {\"environment\": {\"id\": \"e\"}, \"artifactId\": \"pkg:oci/web\"} | true",
                "service.deployed.0.2.0      | {\"environment\": {\"id\": \"e\"}, \"artifactId\": \"web\"}         | false",
                "testoutput.published.0.2.0  | {\"outputType\": \"log\", \"format\": \"text/plain\"} | true",
                "testoutput.published.0.2.0  | {\"outputType\": \"tap\", \"format\": \"text/plain\"} | false",
            })
    void takesTheContentThatGoTakes(String type, String content, boolean taken) {
        String subject = List.of(type.split("\\.", -1)).getFirst().replace("output", "Output");
        assertThat(isEvent(GOOD.replace("artifact.published.0.2.0", type)
                        .replace("\"type\": \"artifact\"", "\"type\": \"" + subject + '"')
                        .replace("\"content\": {}", "\"content\": " + content)))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.cdevents.branch.created.0.2.0",
                "dev.cdevents.pipelinerun.queued.0.2.0",
                "dev.cdevents.build.queued.0.2.0",
                "dev.cdevents.artifact.downloaded.0.1.0"
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
