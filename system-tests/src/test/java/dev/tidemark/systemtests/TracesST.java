package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.systemtests.Programs.Program;
import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.FakeCollector;
import dev.tidemark.testkit.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace from a webhook to the commit and the rendered objects, also through four processes that share only a broker. */
class TracesST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PARTITIONS = 2;
    private static final List<String> APPS = List.of("my-app");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    private final FakeCollector collector = FakeCollector.start();

    /** A span as the collector got it. */
    private record Seen(String service, String name, String id, String parent, long begin, long end) {}

    @Test
    void aWebhooksTraceLeadsToTheCommitAndTheRenderedObjects(@TempDir Path folder) throws Exception {
        try (collector;
                TestBroker broker = TestBroker.start(folder.resolve("broker"));
                Cluster cluster = Cluster.create(folder, APPS);
                Programs programs = new Programs(folder);
                Services services = new Services(
                        programs,
                        broker.bootstrapServers(),
                        PARTITIONS,
                        cluster.manifests(),
                        cluster.state(),
                        cluster.registry())) {
            cluster.push("my-app", "1.1.0");
            Map<Service, Replica> running = new EnumMap<>(Service.class);
            for (Service service : Service.values()) {
                running.put(
                        service,
                        services.start(
                                service,
                                Map.of(
                                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                                        collector.endpoint().toString())));
            }
            for (Replica replica : running.values()) {
                await().atMost(LIMIT).until(() -> services.isReady(replica));
            }
            aPushIsOneTrace(
                    cluster,
                    Objects.requireNonNull(running.get(Service.REGISTRY_WATCHER))
                            .http());
        }
    }

    /** There the facts that lead from one service to the next are read and appended by the same process. */
    @Test
    void soItDoesInOneProcess(@TempDir Path folder) throws Exception {
        try (collector;
                Cluster cluster = Cluster.create(folder, APPS);
                Programs programs = new Programs(folder)) {
            cluster.push("my-app", "1.1.0");
            Program up = new Tidemark(programs, cluster.state())
                    .with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint().toString())
                    .up(
                            cluster.ownManifests(),
                            "--manifests",
                            Programs.root().resolve("examples/git-based").toString(),
                            "--manifests",
                            Programs.root().resolve("examples/gitless").toString(),
                            "--registry-mirror",
                            "ghcr.io=" + cluster.registry());

            aPushIsOneTrace(cluster, address(up));
        }
    }

    private static URI address(Program up) {
        Matcher ready = Pattern.compile(" ms, at (http://\\S+)\\.").matcher(up.printed());
        assertThat(ready.find()).as(up.printed()).isTrue();
        return URI.create(ready.group(1));
    }

    private void aPushIsOneTrace(Cluster cluster, URI webhooks) throws Exception {
        await().atMost(LIMIT).until(() -> cluster.shows(APPS, "1.1.0"));
        cluster.push("my-app", "1.4.2");

        notify(cluster.hook(webhooks));

        await().atMost(LIMIT).until(() -> cluster.shows(APPS, "1.4.2"));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(spans())
                .extracting(Seen::name)
                .contains("webhook-accepted", "tag-selected", "committed", "edit", "push", "rendered"));
        Map<String, Seen> byId = spans().stream().collect(Collectors.toMap(Seen::id, span -> span, (a, b) -> a));
        assertThat(way("committed", byId))
                .startsWith("git-committer committed", "policy-evaluator tag-selected")
                .endsWith("registry-watcher webhook-accepted", PARENT);
        assertThat(way("edit", byId)).startsWith("git-committer edit", "git-committer committed");
        assertThat(way("push", byId)).startsWith("git-committer push", "git-committer committed");
        assertThat(way("rendered", byId))
                .startsWith("gitless-renderer rendered")
                .endsWith("registry-watcher webhook-accepted", PARENT);
        assertThat(byId.values()).allSatisfy(span -> {
            assertThat(span.end()).isGreaterThanOrEqualTo(span.begin());
            Seen parent = byId.get(span.parent());
            assertThat(parent == null ? 0 : parent.begin()).isLessThanOrEqualTo(span.begin());
        });
    }

    /** As a registry does whose own work is traced. */
    private static void notify(URI hook) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Void> answer = http.send(
                    HttpRequest.newBuilder(hook)
                            .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    /** From a span up to whoever began. */
    private static List<String> way(String name, Map<String, Seen> byId) {
        List<String> way = new ArrayList<>();
        Seen span = byId.values().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        String id = span.id();
        while (byId.containsKey(id)) {
            way.add(byId.get(id).service() + ' ' + byId.get(id).name());
            id = byId.get(id).parent();
        }
        way.add(id);
        return way;
    }

    /** Of the trace that came with the webhook. */
    private List<Seen> spans() {
        List<Seen> spans = new ArrayList<>();
        for (String body : collector.taken()) {
            for (JsonNode resource : parsed(body).path("resourceSpans")) {
                Map<String, String> attributes = new HashMap<>();
                resource.at("/resource/attributes")
                        .forEach(one -> attributes.put(
                                one.path("key").asText(),
                                one.at("/value/stringValue").asText()));
                for (JsonNode span : resource.at("/scopeSpans/0/spans")) {
                    if (span.path("traceId").asText().equals(TRACE)) {
                        spans.add(new Seen(
                                attributes.getOrDefault("service.name", ""),
                                span.path("name").asText(),
                                span.path("spanId").asText(),
                                span.path("parentSpanId").asText(),
                                span.path("startTimeUnixNano").asLong(),
                                span.path("endTimeUnixNano").asLong()));
                    }
                }
            }
        }
        return spans;
    }

    private static JsonNode parsed(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
