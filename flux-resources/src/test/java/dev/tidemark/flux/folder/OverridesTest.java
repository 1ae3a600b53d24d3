package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.ResourceCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {

    private static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    private final Path manifests;
    private final Path state;
    private final Path overrides;

    OverridesTest(@TempDir Path folder) throws IOException {
        this.manifests = Files.createDirectory(folder.resolve("manifests"));
        this.state = folder.resolve("state");
        this.overrides = state.resolve("overrides");
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

    /** Words that YAML 1.1 means otherwise than YAML 1.2: as Kubernetes reads them, like the manifests themselves. */
    @Test
    void areReadAsManifestsAre() throws IOException {
        write("spec: {suspend: yes}\nmetadata:\n\tannotations: {a: b}");
        assertThat(repository().spec().suspend()).isFalse();

        write("spec: {suspend: yes}");
        assertThat(repository().spec().suspend()).isTrue();
    }

    @Test
    void carryAnnotationsAndSuspensionAndNothingElse() throws IOException {
        Resource<ImageRepositorySpec> declared = repository();
        write("""
                metadata: {annotations: {reconcile.fluxcd.io/requestedAt: now}, labels: {team: other}}
                spec: {suspend: true, image: ghcr.io/other/app}
                """);

        Resource<ImageRepositorySpec> repository = repository();

        assertThat(repository.spec().suspend()).isTrue();
        assertThat(repository.spec().image()).isEqualTo("ghcr.io/my-org/my-app");
        assertThat(repository.annotation(REQUESTED_AT)).isEqualTo("now");
        assertThat(repository.annotation("mine")).isEqualTo("kept");
        assertThat(repository.metadata().labels()).containsEntry("team", "web");
        assertThat(repository.metadata().uid()).isEqualTo(declared.metadata().uid());
    }

    @Test
    void aRequestIsNoChangeOfTheSpec() throws IOException {
        long declared = repository().metadata().generation();
        write("metadata: {annotations: {reconcile.fluxcd.io/requestedAt: now}}\n");

        assertThat(repository().metadata().generation()).isEqualTo(declared);

        write("spec: {suspend: true}");
        assertThat(repository().metadata().generation()).isNotEqualTo(declared);
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

        ResourceCache now = read();

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

    @Test
    void areHeardOfAtOnce() throws Exception {
        var heard = new CompletableFuture<Change>();
        try (FolderSource source = FolderSource.open(
                settings(), Clock.systemUTC(), task -> Thread.ofVirtual().start(task))) {
            ResourceCache cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);
            var feeding = source.feed(cache);
            var listening = cache.onChange(changes -> heard.complete(changes.getFirst()));

            source.annotate(
                    new ResourceId("ImageRepository", "flux-system", "my-app"), Map.of(REQUESTED_AT, "by a webhook"));

            assertThat(heard.get(30, TimeUnit.SECONDS)
                            .after(Kinds.IMAGE_REPOSITORY)
                            .orElseThrow()
                            .annotation(REQUESTED_AT))
                    .isEqualTo("by a webhook");
            listening.close();
            feeding.close();
        }
    }

    @Test
    void goWithTheirObject() throws IOException {
        write("spec: {suspend: true}");
        SteppedClock clock = new SteppedClock(Instant.parse("2026-11-26T09:30:00Z"));
        try (FolderSource source = FolderSource.unwatched(settings(), clock)) {
            Files.move(manifests.resolve("a.yaml"), manifests.resolve("a.txt"));
            Files.writeString(manifests.resolve("other.yaml"), "# nothing\n");
            source.look(new FolderWatch.Seen.Everything());
            clock.advance(DeletionGuard.CALM);
            source.look(new FolderWatch.Seen.Nothing());
            Files.move(manifests.resolve("a.txt"), manifests.resolve("a.yaml"));
        }

        assertThat(repository().spec().suspend()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata: [", "metadata: {annotations: {a: [b]}}", "spec: [suspend]", "[]", "x", ""})
    void ignoreAnOverrideThatCannotBeRead(String text) throws IOException {
        ImageRepositorySpec declared = repository().spec();
        write(text);

        assertThat(repository().spec()).isEqualTo(declared);
    }

    private FolderSource.Settings settings() {
        return new FolderSource.Settings(List.of(manifests), state, false, "");
    }

    private ResourceCache read() {
        ResourceCache cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);
        try (FolderSource source = FolderSource.unwatched(settings(), Clock.systemUTC())) {
            var unused = source.feed(cache);
        }
        return cache;
    }

    private Resource<ImageRepositorySpec> repository() {
        return read().find(Kinds.IMAGE_REPOSITORY, "flux-system", "my-app").orElseThrow();
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
