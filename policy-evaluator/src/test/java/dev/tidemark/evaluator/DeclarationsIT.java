package dev.tidemark.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.evaluation.replay.LoggedRecord;
import dev.tidemark.evaluator.kafka.LogReader;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.testkit.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the resources declare is what the log declares, whoever changed them and whenever. */
class DeclarationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POLICIES = 8;

    @TempDir
    Path folder;

    private TestBroker broker;
    private Log log;
    private Replica replica;

    @BeforeEach
    void start() throws IOException {
        broker = TestBroker.start();
        Files.createDirectories(folder.resolve("manifests"));
        image("a");
        image("b");
        for (int number = 0; number < POLICIES; number++) {
            policy(number, "a");
        }
        replica = Replica.start(folder, broker.bootstrapServers());
        replica.awaitReady(PATIENCE);
        log = new Log(broker.bootstrapServers(), Replica.PARTITIONS);
        scanned("a", "1.0.0");
        await().atMost(PATIENCE).until(() -> selected().size() == POLICIES);
    }

    @AfterEach
    void stop() {
        log.close();
        replica.kill();
        broker.close();
    }

    @Test
    void changesWhileNobodyLookedAreMadeUpForAndAMassDeletionIsNot() throws Exception {
        replica.kill();
        Files.delete(manifest(0));
        policy(1, "b");
        scanned("b", "2.0.0");
        replica = Replica.start(folder, broker.bootstrapServers());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(selected())
                .doesNotContainKey(target(0))
                .containsEntry(target(1), "2.0.0")
                .containsEntry(target(2), "1.0.0"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(declared())
                .doesNotContain(target(0))
                .doesNotHaveDuplicates()
                .hasSize(POLICIES - 1));

        for (int number = 2; number < POLICIES; number++) {
            Files.delete(manifest(number));
        }
        policy(1, "a");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(selected()).containsEntry(target(1), "1.0.0"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(declared()).doesNotHaveDuplicates().hasSize(POLICIES - 1));

        policy(2, "a");
        policy(3, "a");
        policy(4, "a");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(declared())
                .containsExactlyInAnyOrder(target(1), target(2), target(3), target(4)));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(selected().keySet())
                .containsExactlyInAnyOrder(target(1), target(2), target(3), target(4)));
    }

    private static String target(int number) {
        return "local/ImagePolicy/apps/app-" + number;
    }

    private Path manifest(int number) {
        return folder.resolve("manifests/policy-" + number + ".yaml");
    }

    private void image(String name) throws IOException {
        Files.writeString(folder.resolve("manifests/image-" + name + ".yaml"), """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: %1$s, namespace: apps}
                spec: {image: ghcr.io/my-org/%1$s, interval: 1h}
                """.formatted(name));
    }

    private void policy(int number, String image) throws IOException {
        Path draft = folder.resolve("draft");
        Files.writeString(draft, """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app-%d, namespace: apps}
                spec:
                  imageRepositoryRef: {name: %s}
                  policy: {semver: {range: ">=1.0.0"}}
                """.formatted(number, image));
        Files.move(draft, manifest(number), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private void scanned(String image, String tag) {
        Feed feed = Feed.parse("ghcr.io/my-org/" + image + "#");
        Scan scan = new Scan("scan-" + image, Instant.EPOCH.plusSeconds(1));
        log.write(new Event.TagDiscovered(feed, tag, null, scan, Scope.SCAN, null));
        log.write(new Event.ScanCompleted(feed, scan, 1, 1, 0, "checksum"));
    }

    /** By target, the tag that is selected; without those that were taken back. */
    private Map<String, String> selected() {
        Map<String, String> selected = new TreeMap<>();
        for (LoggedRecord record : read(Topic.TAG_SELECTED)) {
            if (record.event() == null) {
                selected.remove(record.key());
            } else if (record.event().event() instanceof Event.TagSelected one) {
                selected.put(record.key(), one.tags().getFirst().tag());
            }
        }
        return selected;
    }

    private List<String> declared() {
        Map<String, String> targets = new TreeMap<>();
        for (LoggedRecord record : read(Topic.POLICY_DECLARED)) {
            if (record.event() == null) {
                targets.remove(record.key());
            } else if (record.event().event() instanceof PolicyDeclared one) {
                targets.put(record.key(), one.target().text());
            }
        }
        return List.copyOf(targets.values());
    }

    private List<LoggedRecord> read(Topic topic) {
        var settings = new LogSettings(Replica.PARTITIONS, (short) 1, Duration.ofDays(1));
        return new LogReader(LogClients.at(broker.bootstrapServers(), settings), "test").readAll(topic, any -> true);
    }
}
