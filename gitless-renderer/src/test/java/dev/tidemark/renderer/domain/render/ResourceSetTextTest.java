package dev.tidemark.renderer.domain.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlReader;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ResourceSets as people write them; what is expected is what Flux Operator 0.58.1 rendered. */
class ResourceSetTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"blank-block", "yaml-1.1-inputs", "yaml-1.1-resourceset"})
    void rendersAsFluxOperatorDoes(String name) throws IOException {
        var rendering = new ResourceSetRendering(
                new GoYamlDocuments(),
                false,
                RenderLimits.ofHeap(Runtime.getRuntime().maxMemory()),
                RenderSlots.ALONE);
        Object written = documents(name + ".yaml").getFirst();

        var outcome = rendering.build(resourceSet(written), List.of());

        assertThat(outcome).isInstanceOf(ResourceSetRendering.Outcome.Rendered.class);
        List<?> objects = ((ResourceSetRendering.Outcome.Rendered) outcome)
                .objects().stream().map(KubeObject::json).toList();
        assertThat(FluxJson.json().<JsonNode>valueToTree(objects))
                .isEqualTo(FluxJson.json().<JsonNode>valueToTree(documents(name + ".expected.yaml")));
    }

    /** What Go makes of numbers beyond 64 bits, from the text of inputs through a template into the object. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "9223372036854775807            | 9223372036854775807    | 9223372036854775807",
                "9223372036854775808            | 9.223372036854776e+18  | 9.223372036854776E18",
                "123456789012345678901234567890 | 1.2345678901234568e+29 | 1.2345678901234568E29",
                "1.5                            | 1.5                    | 1.5",
                "1e400                          | 1e400                  | 1e400",
            })
    void numbersGoThroughAsInGo(String written, String text, String number) throws IOException {
        var resourceSet = Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: a, namespace: apps}
                spec:
                  inputs:
                  - amount: %s
                  resources:
                  - apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: a, namespace: apps}
                    data: {text: "n=<< inputs.amount >>"}
                    number: << inputs.amount >>
                    fixed: %s
                """.formatted(written, written));

        var outcome = new ResourceSetRendering(
                        new GoYamlDocuments(),
                        false,
                        RenderLimits.ofHeap(Runtime.getRuntime().maxMemory()),
                        RenderSlots.ALONE)
                .build(resourceSet, List.of());

        assertThat(outcome).isInstanceOfSatisfying(ResourceSetRendering.Outcome.Rendered.class, rendered -> assertThat(
                        rendered.objects())
                .singleElement()
                .satisfies(object -> {
                    assertThat(object.json().get("data")).isEqualTo(Map.of("text", "n=" + text));
                    assertThat(String.valueOf(object.json().get("number"))).isEqualTo(number);
                    assertThat(String.valueOf(object.json().get("fixed"))).isEqualTo(number);
                }));
    }

    @SuppressWarnings("unchecked")
    private static Resource<ResourceSetSpec> resourceSet(Object written) {
        var read = (ResourceReader.Outcome.Read)
                ResourceReader.read(FluxJson.json().valueToTree(written));
        return (Resource<ResourceSetSpec>) read.resource();
    }

    private static List<Object> documents(String file) throws IOException {
        List<Object> documents = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(ResourceSetTextTest.class.getResourceAsStream("/cases/" + file))) {
            var reader = new YamlReader(new String(in.readAllBytes(), StandardCharsets.UTF_8), YamlDialect.KUBERNETES);
            for (var document = reader.next(); document != null; document = reader.next()) {
                documents.add(Objects.requireNonNull(document.value()));
            }
        }
        return documents;
    }
}
