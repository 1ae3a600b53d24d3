package dev.tidemark.renderer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.TopicProvisioner;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.testkit.TestBroker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, alone with a broker: the seed's gitless manifests, unchanged. */
class GitlessRendererIT {

    private static final int PARTITIONS = 2;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final Target TARGET =
            new Target("local", "ResourceSetInputProvider", "flux-system", "app-image-tag");

    private Path folder;
    private TestBroker broker;
    private RendererProcess process;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        broker = TestBroker.start(folder.resolve("broker"));
        Files.createDirectories(folder.resolve("manifests"));
        for (String name : List.of("resourcesetinputprovider.yaml", "resourceset.yaml")) {
            try (InputStream seed = getClass().getResourceAsStream("/seed/gitless/" + name)) {
                Files.copy(
                        Objects.requireNonNull(seed),
                        folder.resolve("manifests").resolve(name));
            }
        }
        // what is selected at once must not depend on how fast the process starts
        new TopicProvisioner(log(), "test-topics").provision();
        process = RendererProcess.start(folder, broker.bootstrapServers(), PARTITIONS);
    }

    @AfterEach
    void stop() {
        process.close();
        broker.close();
    }

    @Test
    void followsTheSelectionAndCleansUp() throws Exception {
        Path object = folder.resolve("state/objects/flux-system/Kustomization/my-app.yaml");
        Path setStatus = folder.resolve("state/status/ResourceSet/flux-system/my-app.yaml");
        await().atMost(LONG_ENOUGH).until(() -> Files.exists(setStatus));
        assertThat(setStatus).content().contains("waiting for the first selection");
        assertThat(object).doesNotExist();

        Envelope<Event.TagSelected> first = select(1, "1.4.2", "1.4.1");
        await().atMost(LONG_ENOUGH).until(() -> Files.exists(object));
        assertThat(object)
                .content()
                .contains("APP_IMAGE_TAG: 1.4.2")
                .contains("resourceset.fluxcd.io/name: my-app")
                .contains("resourceset.fluxcd.controlplane.io/namespace: flux-system");
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(setStatus)
                .content()
                .contains("flux-system_my-app_kustomize.toolkit.fluxcd.io_Kustomization")
                .contains("ReconciliationSucceeded"));
        Path providerStatus = folder.resolve("state/status/ResourceSetInputProvider/flux-system/app-image-tag.yaml");
        assertThat(providerStatus).content().contains("exportedInputs:").contains("tag: 1.4.2");

        Envelope<Event.TagSelected> second = select(2, "1.4.3", "1.4.2", "1.4.1");
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(object).content().contains("APP_IMAGE_TAG: 1.4.3"));

        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(rendered()).hasSize(2));
        assertThat(rendered())
                .extracting(Envelope::correlationid)
                .containsExactly(first.correlationid(), second.correlationid());
        await().atMost(LONG_ENOUGH).until(() -> process.isReady());

        Files.delete(folder.resolve("manifests/resourceset.yaml"));
        await().atMost(LONG_ENOUGH).until(() -> !Files.exists(object));
        await().atMost(LONG_ENOUGH).until(() -> !Files.exists(setStatus));
    }

    @Test
    void endsWhatWasDeletedWhileItWasDown() throws Exception {
        Path object = folder.resolve("state/objects/flux-system/Kustomization/my-app.yaml");
        select(1, "1.4.2");
        await().atMost(LONG_ENOUGH).until(() -> Files.exists(object));
        Path setStatus = folder.resolve("state/status/ResourceSet/flux-system/my-app.yaml");
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(setStatus).content().contains("ReconciliationSucceeded"));

        process.close();
        Files.delete(folder.resolve("manifests/resourceset.yaml"));
        process = RendererProcess.start(folder, broker.bootstrapServers(), PARTITIONS);

        await().atMost(LONG_ENOUGH).until(() -> !Files.exists(object));
    }

    private Envelope<Event.TagSelected> select(long sequence, String... tags)
            throws ExecutionException, InterruptedException {
        List<SelectedTag> selected = new ArrayList<>();
        for (String tag : tags) {
            selected.add(new SelectedTag(tag, null));
        }
        Instant now = Instant.parse("2026-01-02T03:04:05Z").plusSeconds(sequence);
        var envelope = Envelope.first(
                new Event.TagSelected(
                        TARGET,
                        new ImageName("ghcr.io/my-org/my-app"),
                        "ghcr.io/my-org/my-app",
                        selected,
                        List.of(),
                        sequence,
                        now),
                "policy-evaluator",
                now);
        try (var producer = log().eventWriter("test")) {
            producer.send(new ProducerRecord<>(Topic.TAG_SELECTED.topicName(), envelope.key(), envelope))
                    .get();
        }
        return envelope;
    }

    private LogClients log() {
        return LogClients.at(broker.bootstrapServers(), new LogSettings(PARTITIONS, (short) 1, Duration.ofDays(1)));
    }

    private List<Envelope<?>> rendered() {
        List<Envelope<?>> found = new ArrayList<>();
        new TopicScan(log(), "test-reader").read(Topic.UPDATE_APPLIED, List.of(0, 1), (key, envelope) -> {
            if (envelope != null && envelope.event() instanceof Event.Rendered) {
                found.add(envelope);
            }
        });
        return found;
    }
}
