package dev.tidemark.renderer.domain.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No ResourceSet renders more than there is memory and time for. */
class RenderLimitsTest {

    private static final long MIB = 1024 * 1024;

    private final ResourceSetRendering rendering =
            new ResourceSetRendering(new GoYamlDocuments(), true, RenderLimits.ofHeap(128 * MIB), RenderSlots.ALONE);

    private String refusal(String spec) {
        return refusal(rendering, spec);
    }

    private static String refusal(ResourceSetRendering rendering, String spec) {
        var set = Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: large, namespace: apps}
                spec:
                """ + spec.indent(2));
        return rendering.render(set, List.of()) instanceof ResourceSetRendering.Outcome.Refused(String message)
                ? message
                : "";
    }

    @Test
    void aHundredThousandSmallObjects() {
        assertThat(refusal("""
                resourcesTemplate: |
                  <<- range until 100000 >>
                  ---
                  apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: "c-<< . >>", namespace: apps}
                  <<- end >>
                """)).contains("more than ");
    }

    @Test
    void tooManyObjectsOfManyInputs() {
        String refusal = refusal("inputs:\n" + "- {id: \"1\"}\n".repeat(9_000) + """
                resources:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: "c-<< inputs.id >>", namespace: apps}
                """);
        assertThat(refusal).contains("more than 8192 objects", "split it into several ResourceSets");
    }

    @Test
    void tooMuchText() {
        assertThat(refusal("inputs:\n" + "- {id: \"1\"}\n".repeat(30) + """
                resources:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: "c-<< inputs.id >>", namespace: apps}
                  data: {k: '<< repeat 100000 "x" >>'}
                """)).contains("more than 2097152 characters");
    }

    @Test
    void stepsOfAllTemplatesTogether() {
        var few = new ResourceSetRendering(
                new GoYamlDocuments(), true, new RenderLimits(1_000, MIB, 100_000), RenderSlots.ALONE);
        String refusal = refusal(few, "inputs:\n" + "- {id: \"1\"}\n".repeat(200) + """
                resources:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: "c-<< inputs.id >>", namespace: apps}
                  data: {k: '<< range until 1000 >><< end >>'}
                """);
        assertThat(refusal).contains("100000 steps in all executions together (bound: steps)");
    }

    @Test
    void limitsFollowTheHeapThatThereIs() {
        assertThat(RenderLimits.ofHeap(128 * MIB).objects()).isEqualTo(8_192);
        assertThat(RenderLimits.ofHeap(512 * MIB).objects()).isEqualTo(32_768);
        assertThat(RenderLimits.ofHeap(64 * 1024 * MIB)).isEqualTo(new RenderLimits(50_000, 64 * MIB, 50_000_000));
    }
}
