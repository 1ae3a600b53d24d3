package dev.tidemark.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.tidemark.events.EventType;
import dev.tidemark.go.yaml.write.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/asyncapi.yaml} says what the code says, and every sample is as it says. */
class AsyncApiTest {

    private static final Path PAGE = Path.of("..", "docs", "asyncapi.yaml");
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "tidemark", "events");
    private static final Path SAMPLES = Path.of("src", "test", "resources", "samples", "v1");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static Map<String, Object> document;

    @BeforeAll
    static void make() throws IOException {
        Map<EventType, Map<String, Object>> examples = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            String name = type.wireName().replaceAll("^dev\\.tidemark\\.|\\.v1$", "");
            examples.put(
                    type, JSON.readValue(Files.readString(SAMPLES.resolve(name + ".json")), new TypeReference<>() {}));
        }
        document = new AsyncApi(RecordDocs.below(SOURCES), examples).document();
    }

    /** Run with {@code -Dtidemark.update-docs=true} to write the page anew. */
    @Test
    void thePageSaysWhatTheCodeSays() throws IOException {
        String page = "# Made from the code; AsyncApiTest keeps it true.\n" + YamlWriter.render(document);
        if (Boolean.getBoolean("tidemark.update-docs")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleConforms(Path sample) throws IOException {
        JsonNode value = JSON.readTree(Files.readString(sample));

        assertThat(schema(value).validate(value)).isEmpty();
    }

    /** What the schemas say of required members and types is more than nothing. */
    @ParameterizedTest
    @MethodSource("samples")
    void aSampleThatLacksARequiredMemberOrHasOneOfAnotherTypeDoesNot(Path sample) throws IOException {
        JsonNode whole = JSON.readTree(Files.readString(sample));
        JsonSchema schema = schema(whole);
        for (JsonNode member : schema.getSchemaNode().get("required")) {
            ObjectNode value = whole.deepCopy();
            value.remove(member.asText());
            assertThat(schema.validate(value)).as("without %s", member).isNotEmpty();
        }
        for (String member : List.copyOf(
                ((ObjectNode) whole).propertyStream().map(Map.Entry::getKey).toList())) {
            ObjectNode value = whole.deepCopy();
            value.set(member, JSON.createArrayNode().add(JSON.createArrayNode().add(1.5)));
            assertThat(schema.validate(value)).as("%s of another type", member).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void membersOfTomorrowConform(Path sample) throws IOException {
        ObjectNode value = (ObjectNode) JSON.readTree(Files.readString(sample));
        value.put("ofTomorrow", "new");

        assertThat(schema(value).validate(value)).isEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonNode whole = JSON.valueToTree(document);

        assertThat(whole.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> assertThat(
                        whole.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    @Test
    void everyTypeIsExplainedAndSoIsEveryEnumeration() {
        JsonNode schemas = JSON.valueToTree(document).at("/components/schemas");

        assertThat(schemas.properties()).allSatisfy(schema -> assertThat(
                        schema.getValue().path("description").asText())
                .as(schema.getKey())
                .isNotBlank());
    }

    private static JsonSchema schema(JsonNode value) {
        EventType type = EventType.ofWireName(value.get("type").asText()).orElseThrow();
        ObjectNode root = JSON.createObjectNode();
        JsonNode components = JSON.valueToTree(document.get("components"));
        root.setAll((ObjectNode) components.at("/schemas/" + type.dataClass().getSimpleName()));
        root.set("components", components);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    }
}
