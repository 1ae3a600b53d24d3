package dev.tidemark.gotemplates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.gotemplates.examples.Change;
import dev.tidemark.gotemplates.examples.Changed;
import dev.tidemark.gotemplates.examples.CommitMessageData;
import dev.tidemark.gotemplates.examples.CommitMessageData.NamespacedName;
import dev.tidemark.gotemplates.examples.ObjectIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole commit messages, on host objects. */
@Tag("vectors:commit-message")
class CommitMessageVectorsTest {
    /** What stands in for an empty template is decided by the automation and not by the engine. */
    private static final String DEFAULT_TEMPLATE = "Update from image update automation";

    private static final TemplateEngine ENGINE =
            TemplateEngine.builder().functions(FunctionSet.commitMessage()).build();

    static Stream<Vectors.Case> cases() {
        return Vectors.of("commit-message");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void behavesAsTheAutomationController(Vectors.Case vector) {
        if (vector.template().isEmpty()) {
            assertThat(ENGINE.parse("t", DEFAULT_TEMPLATE).render(data(vector.input())))
                    .isIn(vector.expected());
            return;
        }
        VectorCheck.check(ENGINE, vector, data(vector.input()), template -> template);
    }

    private static CommitMessageData data(JsonNode input) {
        Map<String, Map<ObjectIdentifier, List<Change>>> files = new LinkedHashMap<>();
        for (JsonNode entry : input.path("changes")) {
            JsonNode object = entry.get("object");
            var id = new ObjectIdentifier(
                    object.path("apiVersion").asText(),
                    object.path("kind").asText(),
                    object.path("name").asText(),
                    object.path("namespace").asText());
            List<Change> changes = files.computeIfAbsent(entry.get("file").asText(), file -> new LinkedHashMap<>())
                    .computeIfAbsent(id, o -> new ArrayList<>());
            for (JsonNode change : entry.get("changes")) {
                changes.add(new Change(
                        change.get("old").asText(),
                        change.get("new").asText(),
                        change.get("setter").asText()));
            }
        }
        var values = new TreeMap<String, String>();
        input.path("values")
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
        JsonNode automation = input.get("automationObject");
        return new CommitMessageData(
                new NamespacedName(
                        automation.get("namespace").asText(),
                        automation.get("name").asText()),
                new Changed(files),
                values);
    }
}
