package dev.tidemark.renderer.domain.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.Vectors;
import dev.tidemark.renderer.Whole;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.input.InputCombination;
import dev.tidemark.renderer.domain.input.InputReferences;
import dev.tidemark.renderer.domain.input.InputSource;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of resourceset.json. */
@Tag("vectors:resourceset")
class ResourceSetVectorsTest {

    /** Flux Operator crashes on a null input; here it is null, as its own texts intend (flux-gitless 6.1, 11). */
    private static final Set<String> KINDER = Set.of("s-resourceset-094");

    private final ResourceSetRendering rendering = new ResourceSetRendering(
            new GoYamlDocuments(),
            false,
            RenderLimits.ofHeap(Runtime.getRuntime().maxMemory()),
            RenderSlots.ALONE);

    static Stream<VectorCase> cases() {
        return VectorCase.of("resourceset");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees(VectorCase given) {
        JsonNode example = given.json();
        JsonNode expected = example.path("expected");
        Resource<ResourceSetSpec> resourceSet = resourceSet(example.path("input"));
        List<Resource<ResourceSetInputProviderSpec>> providers = new ArrayList<>();
        Map<String, List<Map<String, Object>>> exported = new HashMap<>();
        example.path("input").path("providers").forEach(p -> read(p, resourceSet, providers, exported));

        switch (InputReferences.resolve(resourceSet, Samples.declared(providers))) {
            case InputReferences.Outcome.Refused refused -> assertRefused(example, "inputs", refused.message());
            case InputReferences.Outcome.Found found -> {
                List<InputSource> sources = found.providers().stream()
                        .map(p -> InputSource.provider(
                                p.namespace(),
                                p.name(),
                                Objects.requireNonNull(exported.get(p.namespace() + '/' + p.name()))))
                        .toList();
                assertInputs(example, resourceSet, sources);
                assertOutcome(example, expected, resourceSet, sources);
            }
        }
    }

    private static void assertInputs(
            JsonNode example, Resource<ResourceSetSpec> resourceSet, List<InputSource> sources) {
        if (example.path("expected").has("inputs")
                && ResourceSetRendering.combine(resourceSet, sources)
                        instanceof InputCombination.Outcome.Combined combined) {
            assertThat(Whole.numbers(combined.sets()))
                    .isEqualTo(Vectors.value(example.path("expected").path("inputs")));
        }
    }

    private void assertOutcome(
            JsonNode example, JsonNode expected, Resource<ResourceSetSpec> resourceSet, List<InputSource> sources) {
        switch (rendering.build(resourceSet, sources)) {
            case ResourceSetRendering.Outcome.Refused refused -> assertRefused(example, "", refused.message());
            case ResourceSetRendering.Outcome.Rendered rendered -> {
                if (KINDER.contains(example.path("id").asText())) {
                    assertThat(rendered.objects()).hasSize(1);
                    return;
                }
                assertThat(example.path("error").asBoolean())
                        .as("expected a refusal")
                        .isFalse();
                assertThat(json(rendered.objects())).isEqualTo(Vectors.value(expected.path("objects")));
                if (expected.has("steps")) {
                    assertThat(Whole.numbers(rendered.steps().stream()
                                    .map(step -> Map.of(
                                            "name",
                                            step.name(),
                                            "objects",
                                            step.objects().stream()
                                                    .map(KubeObject::json)
                                                    .toList()))
                                    .toList()))
                            .isEqualTo(Vectors.value(expected.path("steps")));
                }
                assertApplied(expected.path("applied"), resourceSet, sources);
            }
        }
    }

    private void assertApplied(JsonNode expected, Resource<ResourceSetSpec> resourceSet, List<InputSource> sources) {
        var applied = (ResourceSetRendering.Outcome.Rendered) rendering.render(resourceSet, sources);
        List<String> actual = new ArrayList<>();
        applied.objects().forEach(object -> actual.add(marks(object)));
        List<String> wanted = new ArrayList<>();
        expected.forEach(object -> {
            @SuppressWarnings("unchecked")
            var map = (Map<String, Object>) FluxJson.json().convertValue(object, Map.class);
            wanted.add(marks(new KubeObject(map)));
        });
        assertThat(actual).isEqualTo(wanted);
    }

    private static String marks(KubeObject object) {
        var metadata = (Map<?, ?>) Objects.requireNonNull(object.json().get("metadata"));
        return object.kind() + " labels " + metadata.get("labels") + " annotations " + metadata.get("annotations");
    }

    private static void assertRefused(JsonNode example, String phase, String message) {
        assertThat(example.path("error").asBoolean())
                .as("refused with: " + message)
                .isTrue();
        assertThat(message).isNotBlank();
        if (!phase.isEmpty()) {
            assertThat(example.path("error_phase").asText()).isEqualTo(phase);
        }
    }

    private static Object json(List<KubeObject> objects) {
        return Whole.numbers(objects.stream().map(KubeObject::json).toList());
    }

    @SuppressWarnings("unchecked")
    private static Resource<ResourceSetSpec> resourceSet(JsonNode input) {
        var outcome = ResourceReader.read(input.path("resourceSet"));
        assertThat(outcome).isInstanceOf(ResourceReader.Outcome.Read.class);
        return (Resource<ResourceSetSpec>) ((ResourceReader.Outcome.Read) outcome).resource();
    }

    @SuppressWarnings("unchecked")
    private static void read(
            JsonNode provider,
            Resource<ResourceSetSpec> resourceSet,
            List<Resource<ResourceSetInputProviderSpec>> providers,
            Map<String, List<Map<String, Object>>> exported) {
        ObjectNode metadata = (ObjectNode) provider.path("metadata");
        String name = metadata.path("name").asText();
        String namespace = metadata.path("namespace").asText(resourceSet.namespace());
        // The vectors have names that no cluster admits: the reader gets one that it lets through.
        metadata.put("name", "placeholder");
        var read = (ResourceReader.Outcome.Read) ResourceReader.read(provider);
        Metadata m = read.resource().metadata();
        var typed = new Resource<>(
                Kinds.RESOURCE_SET_INPUT_PROVIDER,
                new Metadata(
                        namespace, name, m.labels(), m.annotations(), m.uid(), m.generation(), m.resourceVersion()),
                (ResourceSetInputProviderSpec) read.resource().spec());
        if (typed.namespace().equals(resourceSet.namespace())) {
            providers.add(typed);
        }
        exported.put(
                typed.namespace() + '/' + typed.name(),
                FluxJson.json().convertValue(provider.path("status").path("exportedInputs"), List.class));
    }
}
