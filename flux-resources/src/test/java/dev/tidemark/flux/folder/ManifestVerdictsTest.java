package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.status.StatusStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a manifest stands in the status of its object, whatever the services write there. */
class ManifestVerdictsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T09:30:00Z"), ZoneOffset.UTC);
    private static final ResourceId ID = new ResourceId("Receiver", "apps", "r");

    @TempDir
    Path temporary;

    private Path file;
    private FolderSource source;
    private FolderStatuses store;

    @BeforeEach
    void open() throws IOException {
        file = Files.createDirectories(temporary.resolve("manifests")).resolve("r.yaml");
        start();
    }

    private void start() {
        Path state = temporary.resolve("state");
        source = FolderSource.unwatched(new FolderSource.Settings(List.of(file.getParent()), state, false, ""), CLOCK);
        store = FolderStatuses.of(state, new FolderEvents(state, CLOCK), source, CLOCK);
    }

    /** A cluster takes it. */
    @Test
    void aNameThatHasNoRoomInAFileNameIsRefusedAndSaysSo() throws IOException {
        String name = "a".repeat(241);
        Files.writeString(file, """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: apps}
                """.formatted(name));
        Reading reading = new Reading(temporary.resolve("manifests"), CLOCK, false, "").load();

        assertThat(reading.resources()).isEmpty();
        assertThat(reading.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("the name has 241 characters")
                .contains("room for 240: shorten it"));
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
        assertThat(seen().conditions()).as("what the services see").isEmpty();

        manifest("type: generic");
        assertThat(temporary.resolve("state/status/Receiver/apps/r.yaml")).doesNotExist();
    }

    @Test
    void whatIsInForceIsNotReadyWhileItsManifestIsRefused() throws IOException {
        manifest("type: generic");
        write("Receiver initialized");
        manifest("type: genric");

        assertThat(shown()).extracting(Condition::reason).containsExactly("InvalidManifest", "InvalidManifest");
        write("Receiver initialized again");
        assertThat(shown()).extracting(Condition::reason).containsExactly("InvalidManifest", "InvalidManifest");
        assertThat(seen().webhookPath()).isEqualTo("/hook/1");

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

        start();
        assertThat(shown()).extracting(Condition::reason).containsExactly("InvalidManifest", "InvalidManifest");
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
                                "IgnoredField",
                                file + ":4: Receiver apps/r: spec.evnts is not a known field: did you mean events?"));
        assertThat(seen().conditions()).hasSize(1);
    }

    @Test
    void anObjectThatIsGoneHasNoStatus() throws IOException {
        manifest("type: generic");
        write("Receiver initialized");
        store.remove(ID);
        assertThat(temporary.resolve("state/status/Receiver/apps/r.yaml")).doesNotExist();
    }

    private String message() {
        return file + ":4: Receiver apps/r: spec.type is 'genric': write one of generic, generic-hmac, generic-oidc,"
                + " github, gitlab, bitbucket, harbor, dockerhub, quay, gcr, nexus, acr, cdevents";
    }

    /** What the services see. */
    private ReceiverStatus seen() {
        return store.read(ID, ReceiverStatus.class).status().orElseThrow();
    }

    private List<Condition> shown() throws IOException {
        var status = FluxJson.readYaml(Files.readString(temporary.resolve("state/status/Receiver/apps/r.yaml")))
                .path("status");
        return FluxJson.json().treeToValue(status, ReceiverStatus.class).conditions();
    }

    private void write(String message) {
        Resource<?> receiver = source.find(ID).orElseThrow();
        Condition ready = new Condition("Ready", "True", "Succeeded", message, 1, CLOCK.instant());
        var outcome = store.write(
                receiver,
                new ReceiverStatus(List.of(ready), "/hook/1", 1, null),
                store.read(ID, ReceiverStatus.class).version());
        assertThat(outcome).isIn(StatusStore.Outcome.WRITTEN, StatusStore.Outcome.UNCHANGED);
    }

    private void manifest(String spec) throws IOException {
        Files.writeString(file, """
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: r, namespace: apps}
                spec: {%s, resources: []}
                """.formatted(spec));
        source.look(new FolderWatch.Seen.Some(Set.of(file)));
    }
}
