package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogClients.Membership;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.SecuredBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline on a broker that answers nobody without TLS and a password: what every client is given as
 * {@code KAFKA_…} is all that it has. One that connects in another way is refused and counted.
 */
class SecuredBrokerST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PARTITIONS = 2;
    private static final List<String> APPS = List.of("my-app");

    private final Map<Service, Replica> running = new EnumMap<>(Service.class);

    @Test
    void aPushBecomesACommitAndAnObjectAndNobodyWasRefused(@TempDir Path folder) throws Exception {
        try (SecuredBroker broker = SecuredBroker.start(folder.resolve("broker"));
                Cluster cluster = Cluster.create(folder, APPS);
                Programs programs = new Programs(folder);
                Services services = new Services(
                        programs,
                        broker.clientSettings(),
                        PARTITIONS,
                        cluster.manifests(),
                        cluster.state(),
                        cluster.registry())) {
            cluster.push("my-app", "1.1.0");
            for (Service service : Service.values()) {
                running.put(service, services.start(service));
            }
            running.values().forEach(replica -> await().atMost(LIMIT).until(() -> services.isReady(replica)));
            awaitShown(cluster, "1.1.0");

            cluster.notify(replica(Service.REGISTRY_WATCHER).http());
            cluster.push("my-app", "1.4.2");
            awaitShown(cluster, "1.4.2");

            questionsAndTheEmergencyStopWork(cluster);
            whatNobodyCanReadIsPutAside(broker);

            assertThat(broker.refused()).as("connections that were refused").isZero();
            assertThat(broker.admitted()).as("connections that were let in").isGreaterThan(Service.values().length);
            running.values().forEach(replica -> assertThat(replica.program().output())
                    .as("what " + replica.service() + " printed")
                    .doesNotContain(broker.passwords()));
        }
    }

    /** They read and write the log with clients of their own. */
    private void questionsAndTheEmergencyStopWork(Cluster cluster) throws Exception {
        URI evaluator = replica(Service.POLICY_EVALUATOR).health().resolve("/policy-evaluator/");
        String token =
                Files.readString(cluster.state().resolve("management.token")).strip();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String action : List.of("halt", "lift")) {
                var request = HttpRequest.newBuilder(evaluator.resolve("control"))
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"action\": \"%s\", \"who\": \"a test\", \"why\": \"to see it\"}".formatted(action)))
                        .build();
                assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(204);
            }
            var explained = http.send(
                    HttpRequest.newBuilder(evaluator.resolve("explain/flux-system/my-app"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(explained.body()).contains("1.4.2");
        }
    }

    private static void whatNobodyCanReadIsPutAside(SecuredBroker broker) throws Exception {
        var clients = new LogClients(
                new LogSettings(PARTITIONS, (short) 1, Duration.ofDays(30)),
                broker.clientSettings(),
                Membership.DEFAULT);
        byte[] key = "junk".getBytes(StandardCharsets.UTF_8);
        int partition = Partitioning.partition(Topic.TAG_SELECTED, "junk", PARTITIONS);
        try (var writer = clients.writer("test")) {
            writer.send(new ProducerRecord<>(Topic.TAG_SELECTED.topicName(), partition, key, key))
                    .get();
        }
        var letters = List.of(new TopicPartition(Topic.TAG_SELECTED.deadLetterName(), 0));
        try (var reader = clients.reader("test")) {
            await().atMost(LIMIT)
                    .until(() -> reader.endOffsets(letters).values().stream().allMatch(end -> end > 0));
        }
    }

    /** The rule of this test: a client without the settings is counted, even one that gives up. */
    @Test
    void whoComesWithoutTheSettingsIsRefusedAndCounted(@TempDir Path folder) throws Exception {
        try (SecuredBroker broker = SecuredBroker.start(folder.resolve("broker"))) {
            Map<String, String> plain = new HashMap<>(broker.clientSettings());
            plain.put("security.protocol", "PLAINTEXT");
            var clients = new LogClients(
                    new LogSettings(PARTITIONS, (short) 1, Duration.ofDays(30)), plain, Membership.DEFAULT);
            try (var admin = clients.admin("plain", Duration.ofSeconds(3))) {
                assertThat(admin.listTopics().names().toCompletionStage().toCompletableFuture())
                        .failsWithin(LIMIT);
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(broker.refused()).isPositive());
        }
    }

    private void awaitShown(Cluster cluster, String version) {
        try {
            await().atMost(LIMIT).until(() -> cluster.shows(APPS, version));
        } catch (ConditionTimeoutException e) {
            StringBuilder text = new StringBuilder(version + " does not arrive\n" + cluster.situation());
            running.values().forEach(replica -> text.append("--- ")
                    .append(replica.service())
                    .append('\n')
                    .append(replica.program().output()));
            throw new AssertionError(text.toString(), e);
        }
    }

    private Replica replica(Service service) {
        return Objects.requireNonNull(running.get(service));
    }
}
