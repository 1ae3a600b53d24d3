package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverriddenResourcesTest {

    private static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    private final Path manifests;
    private final Path overrides;

    OverriddenResourcesTest(@TempDir Path folder) throws IOException {
        this.manifests = Files.createDirectory(folder.resolve("manifests"));
        this.overrides = folder.resolve("overrides");
        Files.writeString(manifests.resolve("a.yaml"), """
                apiVersion: image.toolkit.fluxcd.io/v1beta2
                kind: ImageRepository
                metadata:
                  name: my-app
                  namespace: flux-system
                  labels: {team: web}
                  annotations: {mine: kept}
                spec:
                  image: ghcr.io/my-org/my-app
                  interval: 5m
                """);
    }

    @Test
    void areTheDeclaredOnesWhereNothingWasAskedFor() throws IOException {
        try (FolderResources declared = FolderResources.open(List.of(manifests));
                OverriddenResources resources = OverriddenResources.open(List.of(manifests), overrides)) {
            assertThat(resources.current()).isEqualTo(declared.current());
        }
    }

    /** Words that YAML 1.1 means otherwise than YAML 1.2: as Kubernetes reads them, like the manifests themselves. */
    @Test
    void areReadAsManifestsAre() throws IOException {
        write("spec: {suspend: yes}\nmetadata:\n\tannotations: {a: b}");
        try (OverriddenResources resources = OverriddenResources.open(List.of(manifests), overrides)) {
            assertThat(repository(resources.current()).spec().suspend()).isFalse();
        }
        write("spec: {suspend: yes}");
        try (OverriddenResources resources = OverriddenResources.open(List.of(manifests), overrides)) {
            assertThat(repository(resources.current()).spec().suspend()).isTrue();
        }
    }

    @Test
    void carryAnnotationsAndSuspensionAndNothingElse() throws IOException {
        write("""
                metadata: {annotations: {reconcile.fluxcd.io/requestedAt: now}, labels: {team: other}}
                spec: {suspend: true, image: ghcr.io/other/app}
                """);
        try (FolderResources declared = FolderResources.open(List.of(manifests));
                OverriddenResources resources = OverriddenResources.open(List.of(manifests), overrides)) {
            var repository = repository(resources.current());

            assertThat(repository.spec().suspend()).isTrue();
            assertThat(repository.spec().image()).isEqualTo("ghcr.io/my-org/my-app");
            assertThat(repository.annotation(REQUESTED_AT)).isEqualTo("now");
            assertThat(repository.annotation("mine")).isEqualTo("kept");
            assertThat(repository.metadata().labels()).containsEntry("team", "web");
            assertThat(repository.metadata().uid())
                    .isEqualTo(repository(declared.current()).metadata().uid());
        }
    }

    @Test
    void suspendTheKindsThatHaveAnAnnotationForItAndGitRepositories() throws IOException {
        Files.writeString(manifests.resolve("b.yaml"), """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: set, namespace: flux-system, annotations: {fluxcd.controlplane.io/reconcile: disabled}}
                spec: {resources: []}
                ---
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: fleet, namespace: flux-system}
                spec: {url: "https://git.example/fleet", interval: 5m}
                """);
        write(
                "ResourceSet/flux-system/set.yaml",
                "metadata: {annotations: {fluxcd.controlplane.io/reconcile: enabled}}\n");
        write("GitRepository/flux-system/fleet.yaml", "spec: {suspend: true}\n");
        try (OverriddenResources resources = OverriddenResources.open(List.of(manifests), overrides)) {
            ResourceSnapshot now = resources.current();

            assertThat(now.find(Kinds.RESOURCE_SET, "flux-system", "set")
                            .orElseThrow()
                            .annotation("fluxcd.controlplane.io/reconcile"))
                    .isEqualTo("enabled");
            assertThat(now.find(Kinds.GIT_REPOSITORY, "flux-system", "fleet")
                            .orElseThrow()
                            .spec()
                            .suspend())
                    .isTrue();
        }
    }

    @Test
    void tellOfNewOverridesAndOfNewManifests() throws Exception {
        try (OverriddenResources resources = OverriddenResources.open(List.of(manifests), overrides)) {
            BlockingQueue<ResourceSnapshot> heard = new LinkedBlockingQueue<>();
            resources.onChange(heard::add);

            write("metadata: {annotations: {reconcile.fluxcd.io/requestedAt: now}}\n");
            assertThat(repository(next(heard)).annotation(REQUESTED_AT)).isEqualTo("now");

            Files.delete(manifests.resolve("a.yaml"));
            assertThat(next(heard).resources()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata: [", "metadata: {annotations: {a: [b]}}", "spec: [suspend]", "[]", "x", ""})
    void ignoreAnOverrideThatCannotBeRead(String text) throws IOException {
        write(text);
        try (FolderResources declared = FolderResources.open(List.of(manifests));
                OverriddenResources resources = OverriddenResources.open(List.of(manifests), overrides)) {
            assertThat(repository(resources.current()).spec())
                    .isEqualTo(repository(declared.current()).spec());
        }
    }

    private static ResourceSnapshot next(BlockingQueue<ResourceSnapshot> heard) throws InterruptedException {
        ResourceSnapshot snapshot = heard.poll(30, TimeUnit.SECONDS);
        assertThat(snapshot).as("a new snapshot").isNotNull();
        return snapshot;
    }

    private static Resource<ImageRepositorySpec> repository(ResourceSnapshot snapshot) {
        return snapshot.find(Kinds.IMAGE_REPOSITORY, "flux-system", "my-app").orElseThrow();
    }

    private void write(String text) throws IOException {
        write("ImageRepository/flux-system/my-app.yaml", text);
    }

    private void write(String name, String text) throws IOException {
        Path file = overrides.resolve(name);
        Files.createDirectories(file.getParent());
        Path draft = Files.writeString(file.resolveSibling(".draft"), text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
