package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a manifest stands in the status of its object, whatever the services write there. */
class ManifestConditionsTest implements ResourceSource {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T09:30:00Z"), ZoneOffset.UTC);
    private static final ResourceId ID = new ResourceId("Receiver", "apps", "r");

    @TempDir
    Path temporary;

    private Path file;
    private ManifestLoader loader;
    private FolderStatusStore below;
    private ManifestConditions store;
    private ResourceSnapshot current = ResourceSnapshot.EMPTY;
    private Consumer<ResourceSnapshot> listener = snapshot -> {};

    @BeforeEach
    void open() throws IOException {
        file = Files.createDirectory(temporary.resolve("manifests")).resolve("r.yaml");
        loader = new ManifestLoader(List.of(file.getParent()), CLOCK, false, new InForce(null), "");
        below = new FolderStatusStore(temporary.resolve("state"), CLOCK);
        store = ManifestConditions.over(below, this, CLOCK);
    }

    @Test
    void aRefusedObjectThatWasNeverInForceHasAStatus() throws IOException {
        manifest("type: genric");

        assertThat(shown())
                .extracting(Condition::type, Condition::status, Condition::reason, Condition::message)
                .contains(
                        tuple("Stalled", "True", "InvalidManifest", message()),
                        tuple("Ready", "False", "InvalidManifest", message()));
        assertThat(Files.readString(temporary.resolve("state/status/Receiver/apps/r.yaml")))
                .contains("apiVersion: notification.toolkit.fluxcd.io/v1", "kind: Receiver");
        assertThat(store.read(ID, ReceiverStatus.class).orElseThrow().conditions())
                .as("what the services see")
                .isEmpty();

        manifest("type: generic");
        assertThat(below.read(ID, ReceiverStatus.class)).isEmpty();
    }

    @Test
    void whatIsInForceIsNotReadyWhileItsManifestIsRefused() throws IOException {
        manifest("type: generic");
        write("Receiver initialized");
        manifest("type: genric");

        assertThat(shown()).extracting(Condition::reason).containsExactly("InvalidManifest", "InvalidManifest");
        write("Receiver initialized again");
        assertThat(shown()).extracting(Condition::reason).containsExactly("InvalidManifest", "InvalidManifest");
        assertThat(store.read(ID, ReceiverStatus.class).orElseThrow().webhookPath())
                .isEqualTo("/hook/1");

        manifest("type: generic");
        assertThat(shown())
                .as("without another word of the service")
                .extracting(Condition::message)
                .containsExactly("Receiver initialized again");
    }

    @Test
    void afterARestartTheStatusIsTheServicesAgain() throws IOException {
        manifest("type: generic");
        write("Receiver initialized");
        manifest("type: genric");

        current = ResourceSnapshot.EMPTY;
        loader = new ManifestLoader(List.of(file.getParent()), CLOCK, false, new InForce(null), "");
        below = new FolderStatusStore(temporary.resolve("state"), CLOCK);
        store = ManifestConditions.over(below, this, CLOCK);
        manifest("type: generic");
        write("Receiver initialized");

        assertThat(shown()).extracting(Condition::message).containsExactly("Receiver initialized");
    }

    @Test
    void anUnknownFieldIsACondition() throws IOException {
        manifest("type: generic, evnts: [push]");
        write("Receiver initialized");

        assertThat(shown())
                .extracting(Condition::type, Condition::status, Condition::reason, Condition::message)
                .containsExactly(
                        tuple("Ready", "True", "Succeeded", "Receiver initialized"),
                        tuple(
                                "ManifestValid",
                                "False",
                                "UnknownField",
                                file + ":4: Receiver apps/r: spec.evnts is not a known field: did you mean events?"));
        assertThat(store.read(ID, ReceiverStatus.class).orElseThrow().conditions())
                .hasSize(1);
    }

    @Test
    void anObjectThatIsGoneHasNoStatus() throws IOException {
        manifest("type: generic");
        write("Receiver initialized");
        store.remove(ID);
        assertThat(below.read(ID, ReceiverStatus.class)).isEmpty();
        assertThat(store.read(ID, ImagePolicyStatus.class)).isEmpty();
    }

    private String message() {
        return file + ":4: Receiver apps/r: spec.type is 'genric': write one of generic, generic-hmac, generic-oidc,"
                + " github, gitlab, bitbucket, harbor, dockerhub, quay, gcr, nexus, acr, cdevents";
    }

    private List<Condition> shown() {
        return below.read(ID, ReceiverStatus.class).orElseThrow().conditions();
    }

    private void write(String message) {
        Resource<?> receiver = current.find(Kinds.RECEIVER, "apps", "r").orElseThrow();
        Condition ready = new Condition("Ready", "True", "Succeeded", message, 1, CLOCK.instant());
        store.write(receiver, new ReceiverStatus(List.of(ready), "/hook/1", 1, null));
    }

    private void manifest(String spec) throws IOException {
        Files.writeString(file, """
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: r, namespace: apps}
                spec: {%s, resources: []}
                """.formatted(spec));
        current = loader.load();
        listener.accept(current);
    }

    @Override
    public ResourceSnapshot current() {
        return current;
    }

    @Override
    public Registration onChange(Consumer<ResourceSnapshot> listener) {
        this.listener = listener;
        return () -> {};
    }
}
