package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.ObjectEvents;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.status.EventRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");

    @TempDir
    Path folder;

    private final SteppedClock clock = new SteppedClock(NOW);
    private Resource<?> policy;
    private FolderEvents events;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        String yaml = "{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImagePolicy, metadata: {name: my-app,"
                + " namespace: flux-system}, spec: {imageRepositoryRef: {name: my-app}, policy: {semver: {range: '*'}}}}";
        policy = ((ResourceReader.Outcome.Read) ResourceReader.read(FluxJson.readYaml(yaml))).resource();
        events = new FolderEvents(folder, clock);
        file = folder.resolve("events/ImagePolicy/flux-system/my-app.yaml");
    }

    @Test
    void whatComesBackIsCountedAndTheNewest() throws IOException {
        for (int i = 0; i < 3; i++) {
            record(EventRecorder.Type.WARNING, "scan failed: down");
            record(EventRecorder.Type.NORMAL, "up");
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(written())
                .extracting(ObjectEvent::type, ObjectEvent::message, ObjectEvent::count, ObjectEvent::firstTimestamp)
                .containsExactly(tuple("Warning", "scan failed: down", 3, NOW), tuple("Normal", "up", 3, NOW));
        assertThat(written()).extracting(ObjectEvent::lastTimestamp).containsOnly(NOW.plusSeconds(2));
        assertThat(written()).extracting(ObjectEvent::source).containsOnly("policy-evaluator");
    }

    @Test
    void onlyTheNewestAreKept() throws IOException {
        for (int i = 1; i <= 100; i++) {
            record(EventRecorder.Type.NORMAL, "resolved to 1.0." + i);
        }
        assertThat(written()).hasSize(20);
        assertThat(written().getLast().message()).isEqualTo("resolved to 1.0.100");
    }

    @Test
    void whatCannotBeReadBeginsAnew() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "events: [");
        record(EventRecorder.Type.NORMAL, "up");

        assertThat(written()).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenIsLostAndHarmsNobody() throws IOException {
        Files.writeString(folder.resolve("events"), "no folder");

        record(EventRecorder.Type.NORMAL, "up");

        assertThat(folder.resolve("events")).hasContent("no folder");
    }

    private void record(EventRecorder.Type type, String message) {
        events.record(policy, type, "Succeeded", message);
    }

    private List<ObjectEvent> written() throws IOException {
        return FluxJson.json()
                .treeToValue(FluxJson.readYaml(Files.readString(file)), ObjectEvents.class)
                .events();
    }
}
