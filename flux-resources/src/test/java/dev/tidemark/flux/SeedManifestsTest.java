package dev.tidemark.flux;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manifests that the product was created from work unchanged (seed, section 2). */
class SeedManifestsTest {

    @Test
    void readsTheImageRepository() throws IOException {
        var repository = read("git-based/imagerepository.yaml", Kinds.IMAGE_REPOSITORY);
        assertThat(repository.id()).isEqualTo(new ResourceId("ImageRepository", "flux-system", "my-app"));
        assertThat(repository.spec())
                .isEqualTo(new ImageRepositorySpec(
                        "ghcr.io/my-org/my-app",
                        Duration.ofMinutes(5),
                        null,
                        new LocalRef("registry-credentials"),
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        null,
                        false));
        assertThat(repository.spec().effectiveExclusionList()).containsExactly("^.*\\.sig$");
    }

    @Test
    void readsTheImagePolicy() throws IOException {
        assertThat(read("git-based/imagepolicy.yaml", Kinds.IMAGE_POLICY).spec())
                .isEqualTo(new ImagePolicySpec(
                        new ImagePolicySpec.RepositoryRef("my-app", null),
                        new ImagePolicySpec.Choice(new ImagePolicySpec.Range(">=1.0.0 <2.0.0"), null, null),
                        null,
                        null,
                        null,
                        false));
    }

    @Test
    void readsTheImageUpdateAutomation() throws IOException {
        assertThat(read("git-based/imageupdateautomation.yaml", Kinds.IMAGE_UPDATE_AUTOMATION)
                        .spec())
                .isEqualTo(new ImageUpdateAutomationSpec(
                        new ImageUpdateAutomationSpec.SourceRef("GitRepository", "flux-system", null),
                        new ImageUpdateAutomationSpec.Git(
                                new ImageUpdateAutomationSpec.Checkout(new GitRef("main", null, null, null, null)),
                                new ImageUpdateAutomationSpec.Commit(
                                        new ImageUpdateAutomationSpec.Author(
                                                "fluxcdbot@users.noreply.github.com", "fluxcdbot"),
                                        null,
                                        "chore: update {{range .Updated.Images}}{{println .}}{{end}}",
                                        null),
                                new ImageUpdateAutomationSpec.Push("staging-image-updates", null, null)),
                        Duration.ofMinutes(5),
                        null,
                        new ImageUpdateAutomationSpec.Update("Setters", "./clusters/staging"),
                        false));
    }

    @Test
    void readsTheResourceSetInputProvider() throws IOException {
        assertThat(read("gitless/resourcesetinputprovider.yaml", Kinds.RESOURCE_SET_INPUT_PROVIDER)
                        .spec())
                .isEqualTo(new ResourceSetInputProviderSpec(
                        "OCIArtifactTag",
                        "oci://ghcr.io/my-org/my-app",
                        Duration.ofMinutes(5),
                        null,
                        new LocalRef("registry-auth"),
                        null,
                        false,
                        null,
                        new ResourceSetInputProviderSpec.Filter(null, null, null, null, null, null, null, 0, "1.x"),
                        null));
    }

    @Test
    void readsTheResourceSetWithItsResourcesAsTheyAre() throws IOException {
        ResourceSetSpec spec =
                read("gitless/resourceset.yaml", Kinds.RESOURCE_SET).spec();
        assertThat(spec.inputsFrom())
                .containsExactly(
                        new ResourceSetSpec.InputsFrom(null, "ResourceSetInputProvider", "app-image-tag", null));
        assertThat(spec.waits()).isFalse();
        assertThat(spec.resources())
                .isEqualTo(List.of(Map.of(
                        "apiVersion",
                        "kustomize.toolkit.fluxcd.io/v1",
                        "kind",
                        "Kustomization",
                        "metadata",
                        Map.of("name", "my-app", "namespace", "flux-system"),
                        "spec",
                        Map.of(
                                "interval",
                                "10m",
                                "prune",
                                true,
                                "wait",
                                true,
                                "timeout",
                                "5m",
                                "sourceRef",
                                Map.of("kind", "OCIRepository", "name", "my-app-manifests"),
                                "postBuild",
                                Map.of("substitute", Map.of("APP_IMAGE_TAG", "<< inputs.tag >>"))))));
    }

    @SuppressWarnings("unchecked")
    private static <S> Resource<S> read(String file, Kind<S> kind) throws IOException {
        try (InputStream in = SeedManifestsTest.class.getResourceAsStream("/seed/" + file)) {
            JsonNode object = FluxJson.readYaml(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(ResourceReader.read(object)).isInstanceOf(ResourceReader.Outcome.Read.class);
            Resource<?> resource = ((ResourceReader.Outcome.Read) ResourceReader.read(object)).resource();
            assertThat(resource.kind()).isEqualTo(kind);
            return (Resource<S>) resource;
        }
    }
}
