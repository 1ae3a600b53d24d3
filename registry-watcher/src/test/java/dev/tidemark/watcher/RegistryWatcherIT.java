package dev.tidemark.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.testkit.TestBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service alone, against a broker and a registry: scan, webhook, status, restart. */
class RegistryWatcherIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 2;
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private static final String MANIFESTS = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: my-app, namespace: flux-system}
            spec: {image: ghcr.io/my-org/my-app, interval: 1h}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: hook, namespace: flux-system}
            stringData: {token: t0ken}
            ---
            apiVersion: notification.toolkit.fluxcd.io/v1
            kind: Receiver
            metadata: {name: hook, namespace: flux-system}
            spec:
              type: generic-hmac
              secretRef: {name: hook}
              resources:
                - {kind: ImageRepository, name: my-app}
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void turnsAScanAndAWebhookIntoDiscoveredTags(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(folder.resolve("manifests/all.yaml"), MANIFESTS);
        try (TestBroker broker = TestBroker.start();
                ScriptedRegistry registry = new ScriptedRegistry()) {
            Map<String, String> tags = registry.serve("my-org/my-app");
            tags.put("1.0.0", DIGEST);
            try (ServiceProcess watcher = start(folder, broker, registry)) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(watcher, "/q/health/ready"))
                        .isEqualTo(200));
                await().atMost(PATIENCE).until(() -> discovered(broker).contains("1.0.0 SCAN"));
                await().atMost(PATIENCE).until(() -> status(folder, "ImageRepository/flux-system/my-app")
                        .contains("successful scan: found 1 tags"));

                tags.put("1.1.0", DIGEST);
                String path = webhookPath(folder);
                assertThat(post(watcher, path, "wrong")).isEqualTo(400);
                assertThat(post(watcher, "/hook/unknown", "t0ken")).isEqualTo(404);
                assertThat(post(watcher, path, "t0ken")).isEqualTo(200);
                await().atMost(PATIENCE).until(() -> discovered(broker).contains("1.1.0 TAG"));

                // The next scan is an hour away.
                await().atMost(PATIENCE).until(() -> status(folder, "ImageRepository/flux-system/my-app")
                        .contains("successful scan: found 2 tags"));

                List<Envelope<?>> notified = read(broker, Topic.REGISTRY_NOTIFIED);
                Envelope<?> found = read(broker, Topic.TAG_DISCOVERED).stream()
                        .filter(e -> e.event() instanceof Event.TagDiscovered d
                                && d.tag().equals("1.1.0"))
                        .findFirst()
                        .orElseThrow();
                assertThat(found.correlationid()).isEqualTo(notified.getFirst().correlationid());
                assertThat(found.causationid()).isEqualTo(notified.getFirst().id());
                assertThat(((Event.TagDiscovered) found.event()).digest()).isEqualTo(DIGEST);
                assertThat(((Event.TagDiscovered) found.event()).firstSeen()).isNotNull();
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(watcher, "/q/health/ready"))
                        .isEqualTo(200));
            }

            assertThat(lists(registry)).isEqualTo(1);
            writePoison(broker);
            tags.put("1.2.0", DIGEST);
            try (ServiceProcess again = start(folder, broker, registry)) {
                // The word of 1.2.0 was lost, and the next scan is an hour away: a webhook of a known tag finds it.
                await().atMost(PATIENCE).until(() -> post(again, webhookPath(folder), "t0ken") == 200);
                await().atMost(PATIENCE).until(() -> discovered(broker).contains("1.2.0 SCAN"));
                assertThat(registry.requests()).contains("HEAD /v2/my-org/my-app/manifests/1.1.0");
                long lists = lists(registry);

                // What is named and new takes one request, however often it is told.
                tags.put("1.3.0", DIGEST);
                assertThat(post(again, webhookPath(folder), "t0ken", "1.3.0")).isEqualTo(200);
                assertThat(post(again, webhookPath(folder), "t0ken", "1.3.0")).isEqualTo(200);
                await().atMost(PATIENCE).until(() -> discovered(broker).contains("1.3.0 TAG"));
                assertThat(discovered(broker)).doesNotContain("1.1.0 SCAN").containsOnlyOnce("1.3.0 TAG");
                assertThat(lists(registry)).isEqualTo(lists);

                want(broker, "1.0.0", Event.CheckPurpose.DIGEST_ONCE);
                want(broker, "0.9.0", Event.CheckPurpose.CONFIRM_GONE);
                await().atMost(PATIENCE).until(() -> discovered(broker).contains("1.0.0 TAG"));
                // Asked once more: answered, although nothing is new.
                want(broker, "1.0.0", Event.CheckPurpose.DIGEST_ONCE);
                await().atMost(PATIENCE)
                        .until(() -> discovered(broker).stream()
                                        .filter("1.0.0 TAG"::equals)
                                        .count()
                                == 2);
                await().atMost(PATIENCE).until(() -> read(broker, Topic.TAG_DISCOVERED).stream()
                        .anyMatch(e -> e.event() instanceof Event.TagRemoved r
                                && r.tag().equals("0.9.0")
                                && r.scope() == Event.Scope.TAG));
                followsADigestWhileThatIsWanted(broker, registry, tags);
            }
        }
    }

    /** Removed tags leave their record when the audit window has passed, and whoever restores reads over that. */
    @Test
    void theLogForgetsWhatIsLongGone(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(folder.resolve("manifests/all.yaml"), MANIFESTS.replace("interval: 1h", "interval: 1s"));
        try (TestBroker broker = TestBroker.start();
                ScriptedRegistry registry = new ScriptedRegistry()) {
            Map<String, String> tags = registry.serve("my-org/my-app");
            tags.put("1.0.0", DIGEST);
            tags.put("1.1.0", DIGEST);
            try (ServiceProcess watcher = start(folder, broker, registry, "-Dtidemark.audit-window=PT2S")) {
                // the watcher makes the topic; until it does, nobody can say where it ends
                await().atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(TimeoutException.class)
                        .until(() -> discovered(broker).contains("1.1.0 SCAN"));
                tags.put("1.2.0", DIGEST);
                await().atMost(PATIENCE).until(() -> discovered(broker).contains("1.2.0 SCAN"));
                // what says that the first one is gone stands against the base, and stays
                tags.remove("1.1.0");
                tags.remove("1.2.0");
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(forgotten(broker))
                        .as(watcher.output())
                        .containsExactly("ghcr.io/my-org/my-app#|1.2.0"));
            }
            tags.put("1.2.0", DIGEST);
            try (ServiceProcess again = start(folder, broker, registry, "-Dtidemark.audit-window=PT2S")) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(discovered(broker))
                        .as(again.output())
                        .containsExactly("1.0.0 SCAN", "1.1.0 SCAN", "1.2.0 SCAN", "1.2.0 SCAN"));
            }
        }
    }

    private static List<String> forgotten(TestBroker broker) {
        List<String> keys = new ArrayList<>();
        new TopicScan(log(broker), "test").read(Topic.TAG_DISCOVERED, List.of(0, 1), (key, envelope) -> {
            if (envelope == null) {
                keys.add(key);
            }
        });
        return keys;
    }

    private static void followsADigestWhileThatIsWanted(
            TestBroker broker, ScriptedRegistry registry, Map<String, String> tags) throws Exception {
        String other = "sha256:" + "cd".repeat(32);
        want(broker, "1.1.0", Event.CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(1));
        await().atMost(PATIENCE).until(() -> looks(registry, "1.1.0") > 3);
        tags.put("1.1.0", other);
        await().atMost(PATIENCE).until(() -> read(broker, Topic.TAG_DISCOVERED).stream()
                .anyMatch(e -> e.event() instanceof Event.TagDiscovered d
                        && d.tag().equals("1.1.0")
                        && other.equals(d.digest())));

        // An hour takes effect at once: one look, then none for the time of several of the intervals before.
        want(broker, "1.1.0", Event.CheckPurpose.DIGEST_EVERY, Duration.ofHours(1));
        want(broker, "1.2.0", Event.CheckPurpose.DIGEST_EVERY, Duration.ofSeconds(1));
        long otherLooks = looks(registry, "1.2.0");
        await().atMost(PATIENCE).until(() -> looks(registry, "1.2.0") > otherLooks + 1);
        long before = looks(registry, "1.1.0");
        await().atMost(PATIENCE).until(() -> looks(registry, "1.2.0") > otherLooks + 4);
        assertThat(looks(registry, "1.1.0")).isEqualTo(before);
    }

    private static long looks(ScriptedRegistry registry, String tag) {
        return registry.requests().stream()
                .filter(("HEAD /v2/my-org/my-app/manifests/" + tag)::equals)
                .count();
    }

    private static ServiceProcess start(Path folder, TestBroker broker, ScriptedRegistry registry, String... more)
            throws Exception {
        List<String> properties = new ArrayList<>(List.of(more));
        properties.addAll(List.of(
                "-Dkafka.bootstrap.servers=" + broker.bootstrapServers(),
                "-Dtidemark.partitions=" + PARTITIONS,
                "-Dtidemark.manifests=" + folder.resolve("manifests"),
                "-Dtidemark.state=" + folder.resolve("state"),
                "-Dtidemark.registry-watcher.mirrors.\"ghcr.io\"=" + registry.base()));
        return ServiceProcess.start(properties.toArray(String[]::new));
    }

    private static String status(Path folder, String id) throws Exception {
        Path file = folder.resolve("state/status").resolve(id + ".yaml");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static long lists(ScriptedRegistry registry) {
        return registry.requests().stream()
                .filter(request -> request.contains("/tags/list"))
                .count();
    }

    private static String webhookPath(Path folder) throws Exception {
        try (Stream<String> lines = status(folder, "Receiver/flux-system/hook").lines()) {
            return lines.filter(l -> l.contains("webhookPath:"))
                    .map(l -> l.substring(l.indexOf('/')))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private int post(ServiceProcess watcher, String path, String token) throws Exception {
        return post(watcher, path, token, "1.1.0");
    }

    private int post(ServiceProcess watcher, String path, String token, String tag) throws Exception {
        String body = "{\"events\":[{\"id\":\"1\",\"action\":\"push\",\"target\":"
                + "{\"repository\":\"my-org/my-app\",\"tag\":\"" + tag + "\"}}]}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        return http.send(
                        HttpRequest.newBuilder(watcher.uri(path))
                                .header("X-Signature", signature)
                                .header("Content-Type", "application/vnd.docker.distribution.events.v1+json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int get(ServiceProcess watcher, String path) throws Exception {
        URI uri = watcher.management(path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** What somebody else writes into our topics costs its record, and no start (faults P1). */
    private static void writePoison(TestBroker broker) throws Exception {
        Feed feed = new Feed(new ImageName("ghcr.io/my-org/my-app"), "");
        int own = Partitioning.partition(feed.image(), PARTITIONS);
        var noDigest = new Event.TagDiscovered(
                feed, "9.9.9", "sha256:" + "z".repeat(64), new Scan("s", Instant.now()), Event.Scope.TAG, Instant.MAX);
        var strayed = new Event.RegistryNotified(feed.image(), "flux-system/hook", List.of(), "1.0.0");
        try (var producer = log(broker).writer("test-poison")) {
            byte[] key = "k".getBytes(StandardCharsets.UTF_8);
            for (ProducerRecord<byte[], byte[]> record : List.of(
                    new ProducerRecord<>(
                            Topic.TAG_DISCOVERED.topicName(),
                            own,
                            key,
                            EventCodec.encode(Envelope.first(noDigest, "t", Instant.now(), "1"))),
                    new ProducerRecord<byte[], byte[]>(Topic.FEED_SCANNED.topicName(), own, key, new byte[] {0, 1}),
                    new ProducerRecord<byte[], byte[]>(Topic.REGISTRY_NOTIFIED.topicName(), own, key, null),
                    new ProducerRecord<byte[], byte[]>(Topic.REGISTRY_NOTIFIED.topicName(), own, null, new byte[] {0}),
                    new ProducerRecord<>(
                            Topic.REGISTRY_NOTIFIED.topicName(),
                            1 - own,
                            key,
                            EventCodec.encode(Envelope.first(strayed, "t", Instant.now(), "2"))))) {
                producer.send(record).get();
            }
        }
    }

    private static void want(TestBroker broker, String tag, Event.CheckPurpose purpose) throws Exception {
        want(broker, tag, purpose, null);
    }

    /** As the evaluator does. */
    private static void want(TestBroker broker, String tag, Event.CheckPurpose purpose, @Nullable Duration every)
            throws Exception {
        Feed feed = new Feed(new ImageName("ghcr.io/my-org/my-app"), "");
        Envelope<?> wanted = Envelope.first(
                new Event.TagCheckWanted(feed, tag, purpose, every), "policy-evaluator", Instant.now(), tag);
        int partition = Partitioning.partition(feed.image(), PARTITIONS);
        try (var producer = log(broker).writer("test-evaluator")) {
            producer.send(new ProducerRecord<>(
                            Topic.TAG_CHECK_WANTED.topicName(),
                            partition,
                            wanted.key().getBytes(StandardCharsets.UTF_8),
                            EventCodec.encode(wanted)))
                    .get();
        }
    }

    private static LogClients log(TestBroker broker) {
        return LogClients.at(broker.bootstrapServers(), new LogSettings(PARTITIONS, (short) 1, Duration.ofDays(1)));
    }

    /** Each tag as it was found: in the base that a scan wrote, in a scan's difference, or by itself. */
    private static List<String> discovered(TestBroker broker) {
        return read(broker, Topic.TAG_DISCOVERED).stream()
                .flatMap(e -> switch (e.event()) {
                    case Event.TagDiscovered found -> Stream.of(found.tag() + " " + found.scope());
                    case TagsListed page -> page.tags().stream().map(tag -> tag + " " + page.origin());
                    default -> Stream.<String>empty();
                })
                .toList();
    }

    private static List<Envelope<?>> read(TestBroker broker, Topic topic) {
        List<Envelope<?>> events = new ArrayList<>();
        new TopicScan(log(broker), "test").read(topic, List.of(0, 1), (key, envelope) -> {
            if (envelope != null) {
                events.add(envelope);
            }
        });
        return events;
    }
}
