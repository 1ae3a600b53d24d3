package dev.tidemark.flux.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldSupportTest {

    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");

    @Test
    void whatIsLeftOutIsFoundWhereItStands() throws IOException {
        var provider = FluxJson.readYaml("""
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: p, namespace: apps}
                spec:
                  type: OCIArtifactTag
                  url: oci://registry.example/app
                  schedule: [{cron: "0 8 * * 1-5"}]
                  filter: {limit: 1}
                """);

        assertThat(FieldSupport.leftOut(provider, Kinds.RESOURCE_SET_INPUT_PROVIDER))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severe()).isFalse();
                    assertThat(finding.message())
                            .isEqualTo("spec.schedule[0] is left out: the provider is polled at its interval: set"
                                    + " fluxcd.controlplane.io/reconcileEvery");
                });
    }

    @Test
    void aFieldOfEachStepIsFoundInEach() throws IOException {
        var set = FluxJson.readYaml("""
                spec:
                  wait: false
                  steps:
                  - {name: a, timeout: 1m, resources: []}
                  - {name: b, resources: []}
                """);

        assertThat(FieldSupport.leftOut(set, Kinds.RESOURCE_SET))
                .extracting(finding -> Finding.text(finding.path()))
                .containsExactly("spec.steps[0].timeout");
    }

    @Test
    void everyNoteIsAboutAFieldThatThereIs() {
        for (Kind<?> kind : Kinds.all()) {
            assertThat(FieldSupport.fields(kind).keySet())
                    .containsAll(FieldSupport.notServed(kind).stream()
                            .map(FieldSupport.Note::path)
                            .toList());
        }
    }

    /** Run with {@code -Dtidemark.update-docs=true} to write the page anew. */
    @Test
    void thePageSaysWhatTheCodeSays() throws IOException {
        String page = page();
        if (Boolean.getBoolean("tidemark.update-docs")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # What is served of each kind

                Generated from the definitions and from what the code says of their fields; a test keeps it true. A field
                that is not served is never ignored in silence:

                - **another controller's**: it has no meaning here, and means what it meant to whoever reads it.
                - **left out**: the object is served without it, and its condition `ManifestValid` is `False` and says so.
                - **refused**: the object is not ready, and `Ready` and `Stalled` say why.

                """);
        for (Kind<?> kind : Kinds.all()) {
            if (!FieldSupport.fields(kind).isEmpty()) {
                page.append("## ")
                        .append(kind.name())
                        .append(" (")
                        .append(versions(kind))
                        .append(")\n\n");
                page.append("| field | | |\n|---|---|---|\n");
                FieldSupport.fields(kind).forEach((field, required) -> {
                    String served = required ? "served, required" : "served";
                    page.append(FieldSupport.of(kind, field)
                            .map(note -> "| `" + field + "` | " + note.level().title() + " | " + note.why() + " |\n")
                            .orElse("| `" + field + "` | " + served + " | |\n"));
                });
                page.append('\n');
            }
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static String versions(Kind<?> kind) {
        List<String> versions = kind.versions();
        return kind.group() + " " + String.join(", ", versions);
    }
}
