package dev.tidemark.committer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.committer.domain.CommitMessages.MessageException;
import dev.tidemark.committer.domain.ObjectKey;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.go.verdicts.VectorCase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of {@code commit-message.json}, through the model that production uses. */
@Tag("vectors:commit-message")
class MessageVectorsTest {

    private static final Policy UNUSED = new Policy("flux-system", "web", new ImageRef("ghcr.io/acme/web", "1", null));

    private final TemplateMessages messages =
            new TemplateMessages(Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC));

    static Stream<VectorCase> cases() {
        return VectorCase.of("commit-message");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void rendersWhatFluxRenders(VectorCase given) {
        JsonNode vector = given.json();
        JsonNode input = vector.path("input");
        String template = input.path("template").asText();
        MessageData data = MessageData.of(
                input.path("automationObject").path("namespace").asText(),
                input.path("automationObject").path("name").asText(),
                changes(input.path("changes")),
                texts(input.path("values")));

        if (vector.path("error").asBoolean()) {
            assertThatThrownBy(() -> messages.render(template, data))
                    .isInstanceOf(MessageException.class)
                    .hasMessageContaining(vector.path("error_contains").asText());
            return;
        }
        String message = messages.render(template, data);

        JsonNode expected = vector.path("expected");
        if (expected.isTextual()) {
            assertThat(message).isEqualTo(expected.asText());
        } else {
            assertThat(expected.path("any_of")).extracting(JsonNode::asText).contains(message);
        }
    }

    private static List<SetterChange> changes(JsonNode objects) {
        List<SetterChange> changes = new ArrayList<>();
        for (JsonNode entry : objects) {
            JsonNode object = entry.path("object");
            String file = entry.path("file").asText();
            ObjectKey key = new ObjectKey(
                    object.path("apiVersion").asText(),
                    object.path("kind").asText(),
                    object.path("namespace").asText(),
                    object.path("name").asText());
            for (JsonNode change : entry.path("changes")) {
                changes.add(new SetterChange(
                        file,
                        file,
                        key,
                        change.path("old").asText(),
                        change.path("new").asText(),
                        change.path("setter").asText(),
                        UNUSED));
            }
        }
        return changes;
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new TreeMap<>();
        map.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }
}
