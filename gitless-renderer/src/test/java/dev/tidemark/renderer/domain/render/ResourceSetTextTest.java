package dev.tidemark.renderer.domain.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlReader;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ResourceSets as people write them; what is expected is what Flux Operator 0.58.1 rendered. */
class ResourceSetTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"blank-block", "yaml-1.1-inputs", "yaml-1.1-resourceset"})
    void rendersAsFluxOperatorDoes(String name) throws IOException {
        var rendering = new ResourceSetRendering(new GoYamlDocuments(), false);
        Object written = documents(name + ".yaml").getFirst();

        var outcome = rendering.build(resourceSet(written), List.of());

        assertThat(outcome).isInstanceOf(ResourceSetRendering.Outcome.Rendered.class);
        List<?> objects = ((ResourceSetRendering.Outcome.Rendered) outcome)
                .objects().stream().map(KubeObject::json).toList();
        assertThat(FluxJson.json().<JsonNode>valueToTree(objects))
                .isEqualTo(FluxJson.json().<JsonNode>valueToTree(documents(name + ".expected.yaml")));
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
