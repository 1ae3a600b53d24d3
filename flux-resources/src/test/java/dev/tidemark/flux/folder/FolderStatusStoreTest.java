package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.ObjectEvents;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.ResourceSetStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

    private Instant now = NOW;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private Resource<?> policy;
    private Path file;
    private Path eventsFile;
    private FolderStatusStore store;

    @BeforeEach
    void open() throws IOException {
        policy = resource("{apiVersion: image.toolkit.fluxcd.io/v1beta2, kind: ImagePolicy, metadata: {name: my-app,"
                + " namespace: flux-system, labels: {team: '012'}}, spec: {imageRepositoryRef: {name: my-app},"
                + " policy: {semver: {range: '>=1.0.0'}}, interval: 5m}}");
        file = folder.resolve("status/ImagePolicy/flux-system/my-app.yaml");
        eventsFile = folder.resolve("events/ImagePolicy/flux-system/my-app.yaml");
        store = new FolderStatusStore(folder, clock);
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
        store.write(policy, status);
        assertThat(new FolderStatusStore(folder, clock).read(policy.id(), typeOf(status)))
                .hasValue(status);
    }

    @Test
    void writesTheWholeObjectAsKubectlWouldShowIt() throws IOException {
        store.write(policy, new ImagePolicyStatus(READY, SELECTED.nameAndTag(), SELECTED, null, null, 3, null));
        var object = FluxJson.readYaml(Files.readString(file));
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
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3, null));
        Files.setLastModifiedTime(file, marked);
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3, null));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(marked);
        store.write(policy, new ReceiverStatus(READY, "/hook/2", 3, null));
        assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(marked);
        assertThat(new FolderStatusStore(folder, clock).read(policy.id(), ReceiverStatus.class))
                .hasValue(new ReceiverStatus(READY, "/hook/2", 3, null));
    }

    @Test
    void leavesNothingButTheStatusBehind() throws IOException {
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3, null));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        store.remove(policy.id());
        assertThat(file).doesNotExist();
        assertThat(eventsFile).doesNotExist();
        store.remove(policy.id());
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3, null));
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

    @Test
    void anObjectIsAsOldAsThisFolderKnowsIt() throws IOException {
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3, null));
        now = NOW.plusSeconds(60);
        store.write(policy, new ReceiverStatus(READY, "/hook/2", 3, null));
        new FolderStatusStore(folder, clock).write(policy, new ReceiverStatus(READY, "/hook/3", 3, null));
        assertThat(created()).isEqualTo(NOW.toString());

        store.remove(policy.id());
        store.write(policy, new ReceiverStatus(READY, "/hook/1", 3, null));
        assertThat(created()).as("one that came back is new").isEqualTo(now.toString());
    }

    @Test
    void aChangeOfReadinessIsAnEvent() throws IOException {
        write("True", "Succeeded", "resolved to 1.4.2");
        write("True", "Succeeded", "resolved to 1.4.2");
        now = NOW.plusSeconds(60);
        new FolderStatusStore(folder, clock).write(policy, ready("True", "Succeeded", "resolved to 1.4.2"));
        write("False", "Failure", "nothing matches");

        assertThat(events())
                .containsExactly(
                        new ObjectEvent("Normal", "Succeeded", "resolved to 1.4.2", "policy-evaluator", 1, NOW, NOW),
                        new ObjectEvent("Warning", "Failure", "nothing matches", "policy-evaluator", 1, now, now));
    }

    @Test
    void whatComesBackIsCountedAndTheNewest() throws IOException {
        for (int i = 0; i < 3; i++) {
            now = NOW.plusSeconds(i);
            write("False", "ReadOperationFailed", "scan failed: down");
            write("True", "Succeeded", "up");
        }
        assertThat(events())
                .extracting(ObjectEvent::message, ObjectEvent::count, ObjectEvent::firstTimestamp)
                .containsExactly(tuple("scan failed: down", 3, NOW), tuple("up", 3, NOW));
        assertThat(events()).extracting(ObjectEvent::lastTimestamp).containsOnly(now);
    }

    @Test
    void everyFailedTryCounts() throws IOException {
        for (int i = 1; i <= 3; i++) {
            now = NOW.plusSeconds(i);
            List<Condition> conditions =
                    Conditions.after(List.of(), 3, now).retrying("ReadOperationFailed", "scan failed: down", now);
            store.write(policy, new ReceiverStatus(conditions, null, 3, null));
        }
        assertThat(events())
                .containsExactly(new ObjectEvent(
                        "Warning",
                        "ReadOperationFailed",
                        "scan failed: down",
                        "policy-evaluator",
                        3,
                        NOW.plusSeconds(1),
                        NOW.plusSeconds(3)));
    }

    @Test
    void onlyTheNewestEventsAreKept() throws IOException {
        for (int i = 1; i <= 100; i++) {
            write("True", "Succeeded", "resolved to 1.0." + i);
        }
        assertThat(events()).hasSize(20);
        assertThat(events().getLast().message()).isEqualTo("resolved to 1.0.100");
    }

    @Test
    void stallingWhereReadinessSaysTheSameIsAnEvent() throws IOException {
        Condition notReady = new Condition("Ready", "False", "InvalidPolicy", "bad range", 3, NOW);
        store.write(policy, new ReceiverStatus(List.of(notReady), null, 3, null));
        Condition stalled = new Condition("Stalled", "True", "InvalidPolicy", "bad range: edit it", 3, NOW);
        store.write(policy, new ReceiverStatus(List.of(stalled, notReady), null, 3, null));

        assertThat(events()).extracting(ObjectEvent::message).containsExactly("bad range", "bad range: edit it");
        assertThat(events()).extracting(ObjectEvent::type).containsOnly("Warning");
    }

    @Test
    void whatNoConditionSaysCanBeTold() throws IOException {
        store.tell(policy, "Succeeded", "pushed commit 'abcdef1' to branch 'main'\nmessage");
        write("True", "Succeeded", "repository up-to-date");

        assertThat(events())
                .extracting(ObjectEvent::message)
                .containsExactly("pushed commit 'abcdef1' to branch 'main'\nmessage", "repository up-to-date");
    }

    @Test
    void eventsThatCannotBeReadBeginAnew() throws IOException {
        Files.createDirectories(eventsFile.getParent());
        Files.writeString(eventsFile, "events: [");
        write("True", "Succeeded", "up");

        assertThat(events()).hasSize(1);
    }

    private void write(String status, String reason, String message) {
        store.write(policy, ready(status, reason, message));
    }

    private static ReceiverStatus ready(String status, String reason, String message) {
        return new ReceiverStatus(List.of(new Condition("Ready", status, reason, message, 3, NOW)), null, 3, null);
    }

    private List<ObjectEvent> events() throws IOException {
        return FluxJson.json()
                .treeToValue(FluxJson.readYaml(Files.readString(eventsFile)), ObjectEvents.class)
                .events();
    }

    private String created() throws IOException {
        return FluxJson.readYaml(Files.readString(file))
                .at("/metadata/creationTimestamp")
                .asText();
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> typeOf(Object status) {
        return (Class<Object>) status.getClass();
    }

    private static Resource<?> resource(String yaml) throws IOException {
        return ((ResourceReader.Outcome.Read) ResourceReader.read(FluxJson.readYaml(yaml))).resource();
    }
}
