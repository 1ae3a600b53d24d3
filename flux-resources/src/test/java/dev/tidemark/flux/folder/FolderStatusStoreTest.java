package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.ResourceSetStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FolderStatusStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");
    private static final List<Condition> READY =
            List.of(new Condition("Ready", "True", "Succeeded", "resolved to 1.4.2: \"yes\"\n# no", 3, NOW));
    private static final ImageRef SELECTED = new ImageRef("ghcr.io/my-org/my-app", "1.10", "sha256:0123");

    @TempDir
    Path folder;

    private Resource<?> policy;
    private Path file;
    private FolderStatusStore store;

    @BeforeEach
    void open() throws IOException {
        policy = resource("{apiVersion: image.toolkit.fluxcd.io/v1beta2, kind: ImagePolicy, metadata: {name: my-app,"
                + " namespace: flux-system, labels: {team: '012'}}, spec: {imageRepositoryRef: {name: my-app},"
                + " policy: {semver: {range: '>=1.0.0'}}, interval: 5m}}");
        file = folder.resolve("ImagePolicy/flux-system/my-app.yaml");
        store = new FolderStatusStore(folder);
    }

    static Stream<Object> statuses() {
        return Stream.of(
                new ImagePolicyStatus(READY, SELECTED.nameAndTag(), SELECTED, null, null, 3, "token"),
                new ImageRepositoryStatus(
                        READY,
                        "ghcr.io/my-org/my-app",
                        new ImageRepositoryStatus.ScanResult("r", 2, NOW, List.of("1.10", "1.9")),
                        List.of("^.*\\.sig$"),
                        3,
                        null),
                new ImageUpdateAutomationStatus(
                        READY, NOW, "8f14e45f", NOW, Map.of("my-app", SELECTED), "main@sha1:8f14e45f", 3, "token"),
                new ResourceSetInputProviderStatus(
                        READY, List.of(Map.of("id", "1", "tag", "1.10", "n", 3L)), "sha256:01", null),
                new ResourceSetStatus(
                        READY,
                        new ResourceSetStatus.Inventory(List.of(
                                new ResourceSetStatus.Entry("a_b_kustomize.toolkit.fluxcd.io_Kustomization", "v1"))),
                        "sha256:02",
                        "token"),
                new ReceiverStatus(READY, "/hook/0123", 3));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void readsBackWhatItWrote(Object status) {
        store.write(policy, status);
        assertThat(new FolderStatusStore(folder).read(policy.id(), typeOf(status)))
                .hasValue(status);
    }

    @Test
    void writesTheWholeObjectAsKubectlWouldShowIt() throws IOException {
        store.write(policy, new ImagePolicyStatus(READY, SELECTED.nameAndTag(), SELECTED, null, null, 3, null));
        var object = FluxJson.yaml().readTree(Files.readString(file));
        assertThat(object.at("/apiVersion").asText()).isEqualTo("image.toolkit.fluxcd.io/v1");
        assertThat(object.at("/metadata/labels/team").isTextual()).isTrue();
        assertThat(object.at("/spec/interval").asText()).isEqualTo("5m0s");
        assertThat(object.at("/status/latestRef/tag").isTextual()).isTrue();
        assertThat(object.at("/status/latestRef/tag").asText()).isEqualTo("1.10");
        assertThat(object.at("/status/conditions/0/lastTransitionTime").asText())
                .isEqualTo("2026-11-22T09:30:00Z");
        assertThat(object.at("/status").has("lastHandledReconcileAt")).isFalse();
    }

    @Test
    void writesOnlyWhatDiffers() throws IOException {
        FileTime marked = FileTime.from(NOW);
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3));
        Files.setLastModifiedTime(file, marked);
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(marked);
        store.write(policy, new ReceiverStatus(READY, "/hook/2", 3));
        assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(marked);
        assertThat(new FolderStatusStore(folder).read(policy.id(), ReceiverStatus.class))
                .hasValue(new ReceiverStatus(READY, "/hook/2", 3));
    }

    @Test
    void leavesNothingButTheStatusBehind() throws IOException {
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        store.remove(policy.id());
        assertThat(file).doesNotExist();
        store.remove(policy.id());
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3));
        assertThat(file).as("a resource that came back has a status again").exists();
    }

    @Test
    void whatIsAbsentOrBrokenIsNoStatus() throws IOException {
        assertThat(store.read(policy.id(), ImagePolicyStatus.class)).isEmpty();
        Files.createDirectories(file.getParent());
        for (String text : List.of("", "a: [", "status: 5", "kind: ImagePolicy")) {
            Files.writeString(file, text);
            assertThat(store.read(policy.id(), ImagePolicyStatus.class))
                    .as(text)
                    .isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> typeOf(Object status) {
        return (Class<Object>) status.getClass();
    }

    private static Resource<?> resource(String yaml) throws IOException {
        return ((ResourceReader.Outcome.Read)
                        ResourceReader.read(FluxJson.yaml().readTree(yaml)))
                .resource();
    }
}
