package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.cache.ResourceCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InForceStoreTest {

    private final Path manifests;
    private final Path state;

    InForceStoreTest(@TempDir Path folder) throws IOException {
        this.manifests = Files.createDirectory(folder.resolve("manifests"));
        this.state = folder.resolve("state");
    }

    private ResourceCache start() {
        ResourceCache cache = new ResourceCache(List.of(Kinds.GIT_REPOSITORY), List.of(), Runnable::run);
        try (FolderSource source = FolderSource.unwatched(
                new FolderSource.Settings(List.of(manifests), state, false, ""), Clock.systemUTC())) {
            var unused = source.feed(cache);
        }
        return cache;
    }

    @Test
    void anObjectIsStoredAsItWasDeclared() throws IOException {
        Files.writeString(manifests.resolve("git.yaml"), """
                apiVersion: source.toolkit.fluxcd.io/v1beta2
                kind: GitRepository
                metadata: {name: fleet}
                spec: {url: "https://git.example/fleet", interval: 5m, ignore: "*.md"}
                """);
        ResourceCache cache = start();
        String stored = stored("fleet");
        assertThat(stored)
                .contains("\"interval\":\"5m\"", "\"ignore\":\"*.md\"", "\"namespace\":\"default\"")
                .contains("\"uid\":\""
                        + cache.all(Kinds.GIT_REPOSITORY).getFirst().metadata().uid())
                .doesNotContain("suspend");

        ResourceCache again = start();
        assertThat(again.all(Kinds.GIT_REPOSITORY)).isEqualTo(cache.all(Kinds.GIT_REPOSITORY));
        assertThat(stored("fleet")).isEqualTo(stored);
    }

    @Test
    void aPasswordIsNotStoredAndItsObjectIsNeitherServedWithoutItNorGone() throws IOException {
        Path file = manifests.resolve("git.yaml");
        String manifest = """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: fleet, namespace: apps}
                spec: {url: "https://bot:s3cr3t-value@git.example/fleet", interval: 5m}
                """;
        Files.writeString(file, manifest);
        Resource<?> declared = start().all(Kinds.GIT_REPOSITORY).getFirst();
        assertThat(stored("fleet")).contains("git.example/fleet").doesNotContain("s3cr3t-value");

        Files.writeString(file, "a: [");
        ResourceCache broken = start();
        assertThat(broken.all(Kinds.GIT_REPOSITORY)).isEmpty();
        assertThat(broken.isGone(declared.id())).isFalse();

        Files.writeString(file, manifest);
        assertThat(start().find(declared.id())).contains(declared);
    }

    @Test
    void whatOnlyLooksLikeACredentialFromOneValueToTheNextIsKept() throws IOException {
        Files.writeString(manifests.resolve("git.yaml"), """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: fleet, namespace: apps, annotations: {a: "https://git.example", b: "x@y/z"}}
                spec: {url: "https://git.example/fleet", interval: 5m, ignore: "%s"}
                """.formatted("x".repeat(100_000)));
        Resource<?> declared = start().all(Kinds.GIT_REPOSITORY).getFirst();

        Files.writeString(manifests.resolve("git.yaml"), "a: [");
        assertThat(start().find(declared.id())).contains(declared);
    }

    private String stored(String name) throws IOException {
        try (var files = Files.list(state.resolve("in-force/objects"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String text = Files.readString(file);
                if (text.contains("\"name\":\"" + name + '"')) {
                    return text;
                }
            }
        }
        return "";
    }
}
