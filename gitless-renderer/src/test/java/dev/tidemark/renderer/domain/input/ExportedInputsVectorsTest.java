package dev.tidemark.renderer.domain.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.policies.inputs.ExportedInputs;
import dev.tidemark.renderer.Vectors;
import dev.tidemark.renderer.Whole;
import dev.tidemark.renderer.domain.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The export half of rsip-filter.json: from the tags that were selected to inputs and revision. */
@Tag("vectors:rsip-filter")
class ExportedInputsVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("rsip-filter").filter(c -> c.expects("exportedInputs"));
    }

    /** A folder of vectors may have none that exports anything. */
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("cases")
    void agrees(VectorCase given) {
        JsonNode example = given.json();
        JsonNode input = example.path("input");
        JsonNode expected = example.path("expected");
        Map<String, ?> defaults = Json.object(
                input.has("defaultValues")
                        ? FluxJson.json().convertValue(input.path("defaultValues"), Map.class)
                        : Map.of());
        List<SelectedTag> selected = new ArrayList<>();
        expected.path("exportedInputs")
                .forEach(set -> selected.add(new SelectedTag(
                        set.path("tag").asText(), set.path("digest").asText())));

        ExportedInputs exported = input.path("type").asText().equals("Static")
                ? ExportedInputs.ofStatic(input.path("uid").asText(), defaults)
                : TagInputs.of(selected, defaults);

        assertThat(Whole.numbers(exported.inputs())).isEqualTo(Vectors.value(expected.path("exportedInputs")));
        assertThat(exported.revision())
                .isEqualTo(expected.path("lastExportedRevision").asText());
    }
}
