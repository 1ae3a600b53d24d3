package dev.tidemark.flux.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.status.StatusWriters;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code deploy/crds} says and what the product knows of the kinds is the same. */
class DefinitionsTest {

    static Stream<Definition> definitions() {
        return Definition.all().stream();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void fieldsAreThoseThatManifestsAreHeldAgainst(Definition definition) {
        assertThat(Differences.between(spec(definition), known(definition.kind())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void whatIsReadIsThere(Definition definition) {
        assertThat(Differences.missing(
                        spec(definition), "spec", definition.kind().content()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void whatIsWrittenIsThere(Definition definition) {
        StatusWriters.type(definition.kind()).ifPresent(status -> assertThat(
                        Differences.missing(definition.schema().at("/properties/status"), "status", status))
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void namesAndVersionsAreTheKinds(Definition definition) {
        Kind<?> kind = definition.kind();

        assertThat(definition.object().at("/metadata/name").asText()).isEqualTo(kind.plural() + '.' + kind.group());
        assertThat(definition.object().at("/spec/group").asText()).isEqualTo(kind.group());
        assertThat(definition.names().path("kind").asText()).isEqualTo(kind.name());
        assertThat(definition.names().path("plural").asText()).isEqualTo(kind.plural());
        assertThat(texts(definition.names().path("shortNames"))).isEqualTo(kind.shortNames());
        assertThat(definition.versions())
                .extracting(version -> version.path("name").asText())
                .isEqualTo(kind.versions());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyVersionIsTheSameObjectAndTheNewestIsStored(Definition definition) {
        JsonNode newest = definition.versions().getFirst();
        assertThat(newest.path("storage").asBoolean()).isTrue();
        assertThat(newest.path("deprecated").asBoolean()).isFalse();
        for (JsonNode version : definition.versions()) {
            String name = version.path("name").asText();
            assertThat(version.path("served").asBoolean()).isTrue();
            assertThat(version.path("schema")).isEqualTo(newest.path("schema"));
            assertThat(version.path("subresources").has("status"))
                    .as("status, which Alerts and Providers have none of")
                    .isNotEqualTo(Kinds.isOptional(definition.kind()));
            assertThat(version.path("additionalPrinterColumns")).isEqualTo(newest.path("additionalPrinterColumns"));
            if (!version.equals(newest)) {
                assertThat(version.path("storage").asBoolean()).isFalse();
                assertThat(version.path("deprecationWarning").asText())
                        .isEqualTo(name + ' ' + definition.kind() + " is deprecated, upgrade to "
                                + newest.path("name").asText());
            }
        }
    }

    @Test
    void whatDiffersIsFound() {
        JsonNode spec = Definition.all().stream()
                .filter(definition -> definition.kind().equals(Kinds.RESOURCE_SET_INPUT_PROVIDER))
                .map(DefinitionsTest::spec)
                .findFirst()
                .orElseThrow()
                .deepCopy();
        ObjectNode fields = (ObjectNode) spec.path("properties");
        fields.remove("url");
        ((ObjectNode) fields.path("insecure")).put("type", "string");
        ((ObjectNode) fields.at("/filter/properties/limit")).put("maximum", 5);
        ((ObjectNode) fields.path("interval")).put("pattern", ".*");
        ((ObjectNode) fields.at("/schedule/items")).remove("required");
        ((ObjectNode) fields.path("type")).putArray("enum").add("Static");

        assertThat(Differences.between(spec, known(Kinds.RESOURCE_SET_INPUT_PROVIDER)))
                .satisfiesExactlyInAnyOrder(
                        found -> assertThat(found).startsWith("spec: fields"),
                        found -> assertThat(found).startsWith("spec.insecure: type is 'string'"),
                        found -> assertThat(found).startsWith("spec.filter.limit: maximum is '5'"),
                        found -> assertThat(found).startsWith("spec.interval: pattern"),
                        found -> assertThat(found).startsWith("spec.schedule[]: required is []"),
                        found -> assertThat(found).startsWith("spec.type: enum is [Static]"));
        assertThat(Differences.missing(spec, "spec", Kinds.RESOURCE_SET_INPUT_PROVIDER.content()))
                .containsExactlyInAnyOrder(
                        "spec.url: the definition does not have it",
                        "spec.insecure: type is 'string' in the definition, and the product has 'boolean'");
    }

    private static Shape known(Kind<?> kind) {
        Shape.Members object = (Shape.Members) Schemas.of(kind);
        return Objects.requireNonNull(object.members().get("spec")).shape();
    }

    private static JsonNode spec(Definition definition) {
        return definition.schema().at("/properties/spec");
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
