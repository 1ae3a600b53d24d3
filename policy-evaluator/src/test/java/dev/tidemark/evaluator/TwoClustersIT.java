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
import dev.tidemark.runtime.log.TopicNames;
import dev.tidemark.testkit.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two clusters on one broker, with resources of the same names: each evaluates its own, all of it, and nothing else. */
class TwoClustersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Enough that a group which both joined would give some of them to the other. */
    private static final int POLICIES = 8;

    @TempDir
    Path folder;

    @Test
    void haveTheirOwnDeclarationsDecisionsAndStatus() throws Exception {
        try (TestBroker broker = TestBroker.start()) {
            Replica first = start(broker, "local");
            Replica second = start(broker, "prod");
            try {
                first.awaitReady(PATIENCE);
                second.awaitReady(PATIENCE);
                scanned(log(broker, "local"), "1.0.0");
                scanned(log(broker, "prod"), "2.0.0");

                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(selecting("local", "1.0.0")).isEqualTo(POLICIES);
                    assertThat(selecting("prod", "2.0.0")).isEqualTo(POLICIES);
                });
                assertThat(declared(log(broker, "local"))).hasSize(POLICIES).allMatch(t -> t.startsWith("local/"));
                assertThat(declared(log(broker, "prod"))).hasSize(POLICIES).allMatch(t -> t.startsWith("prod/"));
            } finally {
                first.kill();
                second.kill();
            }
        }
    }

    private Replica start(TestBroker broker, String cluster) throws IOException {
        Path manifests = Files.createDirectories(folder.resolve(cluster).resolve("manifests"));
        for (int number = 0; number < POLICIES; number++) {
            Files.writeString(manifests.resolve("app-" + number + ".yaml"), """
                    apiVersion: image.toolkit.fluxcd.io/v1
                    kind: ImageRepository
                    metadata: {name: app-%1$d, namespace: apps}
                    spec: {image: ghcr.io/my-org/app-%1$d, interval: 1h}
                    ---
                    apiVersion: image.toolkit.fluxcd.io/v1
                    kind: ImagePolicy
                    metadata: {name: app-%1$d, namespace: apps}
                    spec:
                      imageRepositoryRef: {name: app-%1$d}
                      policy: {semver: {range: ">=1.0.0"}}
                    """.formatted(number));
        }
        return Replica.start(folder.resolve(cluster), broker.bootstrapServers(), cluster);
    }

    private static LogClients log(TestBroker broker, String cluster) {
        return LogClients.at(
                broker.bootstrapServers(),
                new LogSettings(
                        TopicNames.of(cluster, Optional.empty()), Replica.PARTITIONS, (short) 1, Duration.ofDays(1)));
    }

    private static void scanned(LogClients clients, String tag) {
        try (Log log = new Log(clients)) {
            for (int number = 0; number < POLICIES; number++) {
                Feed feed = Feed.parse("ghcr.io/my-org/app-" + number + "#");
                Scan scan = new Scan("scan-" + number, Instant.EPOCH.plusSeconds(1));
                log.write(new Event.TagDiscovered(feed, tag, null, scan, Scope.SCAN, null));
                log.write(new Event.ScanCompleted(feed, scan, 1, 1, 0, "checksum"));
            }
        }
    }

    /** How many policies of the cluster show the tag in their status. */
    private long selecting(String cluster, String tag) {
        return IntStream.range(0, POLICIES)
                .mapToObj(number ->
                        folder.resolve(cluster).resolve("state/status/ImagePolicy/apps/app-" + number + ".yaml"))
                .filter(status -> read(status).contains(tag))
                .count();
    }

    private static String read(Path status) {
        try {
            return Files.readString(status);
        } catch (IOException notYet) {
            return "";
        }
    }

    private static Set<String> declared(LogClients clients) {
        Set<String> targets = new TreeSet<>();
        for (LoggedRecord record : new LogReader(clients, "test").readAll(Topic.POLICY_DECLARED, any -> true)) {
            if (record.event() != null && record.event().event() instanceof PolicyDeclared one) {
                targets.add(one.target().text());
            }
        }
        return targets;
    }
}
