package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.status.StatusStore.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FolderStatusesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");
    private static final List<Condition> READY =
            List.of(new Condition("Ready", "True", "Succeeded", "resolved to 1.4.2: \"yes\"\n# no", 3, NOW));
    private static final ImageRef SELECTED = new ImageRef("ghcr.io/my-org/my-app", "1.10", "sha256:0123");

    @TempDir
    Path folder;

    private final SteppedClock clock = new SteppedClock(NOW);
    private Path manifest;
    private FolderSource source;
    private ResourceCache cache;
    private Path file;
    private FolderStatuses store;

    @BeforeEach
    void open() throws IOException {
        manifest = Files.createDirectories(folder.resolve("manifests")).resolve("p.yaml");
        Files.writeString(
                manifest,
                "{apiVersion: image.toolkit.fluxcd.io/v1beta2, kind: ImagePolicy, metadata: {name: my-app,"
                        + " namespace: flux-system, labels: {team: '012'}}, spec: {imageRepositoryRef: {name: my-app},"
                        + " policy: {semver: {range: '>=1.0.0'}}, interval: 5m, digestReflectionPolicy: Always}}");
        file = folder.resolve("state/status/ImagePolicy/flux-system/my-app.yaml");
        start();
    }

    private void start() {
        Path state = folder.resolve("state");
        source = FolderSource.unwatched(
                new FolderSource.Settings(List.of(manifest.getParent()), state, false, ""), clock);
        cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);
        var unused = source.feed(cache);
        store = FolderStatuses.of(state, new FolderEvents(state, clock), source, clock);
    }

    private Resource<?> policy() {
        assertThat(source.problems()).isEmpty();
        return cache.find(Kinds.IMAGE_POLICY, "flux-system", "my-app").orElseThrow();
    }

    private Outcome write(Object status) {
        return store.write(
                policy(), status, store.read(policy().id(), Object.class).version());
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
                        READY, List.of(Map.of("id", "1", "tag", "1.10", "n", 3L)), "sha256:01", NOW, NOW, null),
                new ResourceSetStatus(
                        READY,
                        new ResourceSetStatus.Inventory(List.of(
                                new ResourceSetStatus.Entry("a_b_kustomize.toolkit.fluxcd.io_Kustomization", "v1"))),
                        "sha256:02",
                        "token"),
                new ReceiverStatus(READY, "/hook/0123", 3, null));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void readsBackWhatItWrote(Object status) {
        assertThat(write(status)).isEqualTo(Outcome.WRITTEN);
        start();

        assertThat(store.read(policy().id(), typeOf(status)).of(policy())).hasValue(status);
    }

    @Test
    void writesTheWholeObjectAsKubectlWouldShowIt() throws IOException {
        write(new ImagePolicyStatus(READY, SELECTED.nameAndTag(), SELECTED, null, null, 3, null));
        var object = FluxJson.readYaml(Files.readString(file));
        assertThat(object.at("/apiVersion").asText()).isEqualTo("image.toolkit.fluxcd.io/v1");
        assertThat(object.at("/metadata/labels/team").isTextual()).isTrue();
        assertThat(object.at("/metadata/creationTimestamp").asText()).isEqualTo(NOW.toString());
        assertThat(object.at("/spec/interval").asText()).isEqualTo("5m0s");
        assertThat(object.at("/status/latestRef/tag").isTextual()).isTrue();
        assertThat(object.at("/status/latestRef/tag").asText()).isEqualTo("1.10");
        assertThat(object.at("/status/conditions/0/lastTransitionTime").asText())
                .isEqualTo("2026-11-22T09:30:00Z");
        assertThat(object.at("/status").has("lastHandledReconcileAt")).isFalse();
    }

    @Test
    void writesOnlyWhatDiffers() {
        assertThat(write(hook("/hook/1"))).isEqualTo(Outcome.WRITTEN);
        assertThat(write(hook("/hook/1"))).isEqualTo(Outcome.UNCHANGED);
        assertThat(write(hook("/hook/2"))).isEqualTo(Outcome.WRITTEN);
    }

    @Test
    void whoeverSawAnEarlierStatusIsInConflict() {
        write(hook("/hook/1"));
        String version = store.read(policy().id(), Object.class).version();
        write(hook("/hook/2"));

        assertThat(store.write(policy(), hook("/hook/3"), version)).isEqualTo(Outcome.CONFLICT);
        assertThat(store.write(policy(), hook("/hook/3"), null)).isEqualTo(Outcome.CONFLICT);
        assertThat(store.read(policy().id(), ReceiverStatus.class).status()).hasValue(hook("/hook/2"));
    }

    @Test
    void whatIsGoneGetsNoStatusNorDoesItsNamesake() throws IOException {
        Resource<?> before = policy();
        write(hook("/hook/1"));
        String text = Files.readString(manifest);
        Files.delete(manifest);
        Files.writeString(manifest.resolveSibling("other.yaml"), "# nothing\n");
        source.look(new FolderWatch.Seen.Everything());
        clock.advance(DeletionGuard.CALM);
        source.look(new FolderWatch.Seen.Nothing());
        assertThat(store.write(
                        before,
                        hook("/hook/2"),
                        store.read(before.id(), Object.class).version()))
                .isEqualTo(Outcome.GONE);
        assertThat(store.leftBehind(Kinds.IMAGE_POLICY)).containsExactly(before.id());

        Files.writeString(manifest, text);
        source.look(new FolderWatch.Seen.Everything());
        assertThat(store.leftBehind(Kinds.IMAGE_POLICY)).isEmpty();
        assertThat(store.read(before.id(), ReceiverStatus.class).of(policy()))
                .as("one that is declared anew is another object")
                .isEmpty();
        assertThat(store.write(
                        before,
                        hook("/hook/2"),
                        store.read(before.id(), Object.class).version()))
                .isEqualTo(Outcome.GONE);
    }

    @Test
    void leavesNothingButTheStatusBehind() throws IOException {
        write(hook("/hook/1"));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        store.remove(policy().id());
        assertThat(file).doesNotExist();
        store.remove(policy().id());
        write(hook("/hook/1"));
        assertThat(file).as("a resource that came back has a status again").exists();
    }

    @Test
    void whatIsAbsentOrBrokenIsNoStatus() throws IOException {
        assertThat(store.read(policy().id(), ImagePolicyStatus.class).status()).isEmpty();
        Files.createDirectories(file.getParent());
        for (String text : List.of("", "a: [", "status: 5", "kind: ImagePolicy")) {
            Files.writeString(file, text);
            assertThat(store.read(policy().id(), ImagePolicyStatus.class).status())
                    .as(text)
                    .isEmpty();
            assertThat(write(hook("/hook/1"))).as(text).isEqualTo(Outcome.WRITTEN);
        }
    }

    @Test
    void anObjectIsAsOldAsThisFolderKnowsIt() throws IOException {
        clock.advance(Duration.ofMinutes(1));
        start();
        write(hook("/hook/1"));

        assertThat(FluxJson.readYaml(Files.readString(file))
                        .at("/metadata/creationTimestamp")
                        .asText())
                .isEqualTo(NOW.toString());
    }

    @Test
    void whatAServiceKeepsThereStaysWhateverIsWrongWithTheManifest() throws IOException {
        ResourceSetStatus inventory = new ResourceSetStatus(
                List.of(),
                new ResourceSetStatus.Inventory(List.of(new ResourceSetStatus.Entry("a_b_c_D", "v1"))),
                null,
                null);
        write(inventory);
        String text = Files.readString(manifest);
        for (String next :
                List.of(text.replace("range:", "rang:"), text, text.replace("interval:", "intervall:"), text)) {
            Files.writeString(manifest, next);
            source.look(new FolderWatch.Seen.Everything());

            assertThat(store.read(new ResourceId("ImagePolicy", "flux-system", "my-app"), ResourceSetStatus.class)
                            .status())
                    .hasValue(inventory);
        }
    }

    private static ReceiverStatus hook(String path) {
        return new ReceiverStatus(READY, path, 3, null);
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> typeOf(Object status) {
        return (Class<Object>) status.getClass();
    }
}
