package dev.tidemark.flux.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.testkit.kube.ApiServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events, Secrets and edits on a real API server. */
class ClusterPortsIT {

    private static ApiServer server;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private String namespace;
    private Connection connection;
    private ResourceCache cache;
    private Resource<?> web;

    @BeforeAll
    static void serve() {
        server = Connection.server();
    }

    @BeforeEach
    void connect() {
        namespace = server.namespace();
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        connection = Connection.of(server, namespace);
        cache = connection.cache(Kinds.IMAGE_REPOSITORY);
        web = cache.find(Kinds.IMAGE_REPOSITORY, namespace, "web").orElseThrow();
    }

    @AfterEach
    void disconnect() {
        connection.close();
    }

    private String events(String path) {
        return server.kubectl(
                "get",
                "events",
                "-n",
                namespace,
                "--field-selector=involvedObject.name=web",
                "-o",
                "jsonpath={" + path + "}");
    }

    private ClusterEvents recorder(Optional<URI> address) {
        var events = new ClusterEvents(
                connection.api(), new ClusterSettings(namespace, "", false, address), clock, "replica-1");
        connection.loop().execute(events);
        return events;
    }

    @Test
    void countsWhatHappensAgain() {
        ClusterEvents recorder = recorder(Optional.empty());
        recorder.record(web, EventRecorder.Type.WARNING, "AuthenticationFailed", "401");
        recorder.record(web, EventRecorder.Type.WARNING, "AuthenticationFailed", "401");
        recorder.record(web, EventRecorder.Type.NORMAL, "Succeeded", "found 3 tags");
        await().until(() -> events(".items[*].count").split(" ").length == 2);
        assertThat(events(".items[?(@.reason==\"AuthenticationFailed\")].count"))
                .isEqualTo("2");
        assertThat(events(".items[?(@.reason==\"Succeeded\")].message")).isEqualTo("found 3 tags");
        assertThat(events(".items[0].source.component")).isEqualTo("tidemark-registry-watcher");
        assertThat(events(".items[0].involvedObject.uid"))
                .isEqualTo(web.metadata().uid());

        // what happened long ago is another event
        now.set(now.get().plus(Duration.ofHours(2)));
        recorder.record(web, EventRecorder.Type.WARNING, "AuthenticationFailed", "401");
        await().until(() -> events(".items[*].count").split(" ").length == 3);
    }

    @Test
    void anEventOfAnObjectWithTheLongestNameHasOneThatFits() {
        String longest = "a".repeat(226) + "-".repeat(10) + "b".repeat(17);
        server.admin().apply(Connection.repository(longest, namespace, "5m"));
        await().until(() ->
                cache.find(Kinds.IMAGE_REPOSITORY, namespace, longest).isPresent());
        recorder(Optional.empty())
                .record(
                        cache.find(Kinds.IMAGE_REPOSITORY, namespace, longest).orElseThrow(),
                        EventRecorder.Type.NORMAL,
                        "Succeeded",
                        "found 3 tags");
        await().until(() -> server.kubectl(
                        "get", "events", "-n", namespace, "-o", "jsonpath={.items[*].involvedObject.name}")
                .equals(longest));
    }

    /** Of the Events that it makes; notifications are bounded by who gets them. */
    @Test
    void tellsOfOneObjectOnlySoMuch() throws Exception {
        AtomicInteger posted = new AtomicInteger();
        HttpServer controller = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        controller.createContext("/", exchange -> {
            posted.incrementAndGet();
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        controller.start();
        ClusterEvents recorder = recorder(Optional.of(
                URI.create("http://127.0.0.1:" + controller.getAddress().getPort() + "/")));
        for (int i = 0; i < 40; i++) {
            recorder.record(web, EventRecorder.Type.NORMAL, "Succeeded", "message " + i);
        }
        now.set(now.get().plus(EventBudgets.REFILL));
        recorder.record(web, EventRecorder.Type.NORMAL, "Succeeded", "the last");
        await().until(() -> events(".items[*].message").contains("the last"));
        assertThat(events(".items[*].count").split(" ")).hasSize(EventBudgets.BURST + 1);
        assertThat(posted).hasValue(41);
        controller.stop(0);
    }

    @Test
    void postsToFluxsNotificationController() throws Exception {
        List<String> posted = new CopyOnWriteArrayList<>();
        HttpServer controller = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        controller.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            // the first answer is a hiccup
            exchange.sendResponseHeaders(posted.size() == 1 ? 503 : 202, -1);
            exchange.close();
        });
        controller.start();
        try {
            URI address =
                    URI.create("http://127.0.0.1:" + controller.getAddress().getPort() + "/");
            ClusterEvents recorder = recorder(Optional.of(address));
            recorder.record(web, EventRecorder.Type.WARNING, "AuthenticationFailed", "401");
            await().until(() -> posted.size() == 2);
            var event = FluxJson.json().readTree(posted.get(1));
            assertThat(event.path("severity").asText()).isEqualTo("error");
            assertThat(event.path("reason").asText()).isEqualTo("AuthenticationFailed");
            assertThat(event.path("involvedObject").path("name").asText()).isEqualTo("web");
            assertThat(event.path("reportingController").asText()).isEqualTo("tidemark-registry-watcher");
            assertThat(Instant.parse(event.path("timestamp").asText()))
                    .isBefore(now.get().plusSeconds(1));

            recorder.record(web, EventRecorder.Type.ROUTINE, "Succeeded", "found 4 tags");
            recorder.record(web, EventRecorder.Type.NORMAL, "Succeeded", "resolved to 4");
            await().until(() -> events(".items[*].message").contains("resolved to 4"));
            assertThat(events(".items[*].message"))
                    .as("what is routine is no Event")
                    .doesNotContain("found 4 tags");
            assertThat(posted).hasSize(4);
            assertThat(FluxJson.json().readTree(posted.get(2)).path("severity").asText())
                    .isEqualTo("info");
        } finally {
            controller.stop(0);
        }
    }

    private void secret(String value) {
        server.admin().apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: login, namespace: %s}
                stringData: {password: %s}
                """.formatted(namespace, value));
    }

    private static Optional<String> password(Optional<SecretContent> content) {
        return content.map(secret -> secret.text("password"));
    }

    @Test
    void readsSecretsByName() {
        server.serviceAccount(namespace, "watcher");
        server.kubectl(
                "create",
                "role",
                "login",
                "-n",
                namespace,
                "--verb=get",
                "--resource=secrets",
                "--resource-name=login");
        server.kubectl(
                "create",
                "rolebinding",
                "login",
                "-n",
                namespace,
                "--role=login",
                "--serviceaccount=" + namespace + ":watcher");
        try (Connection mine = Connection.of(server.kubeconfig(namespace, "watcher"), namespace)) {
            ClusterSecrets secrets = new ClusterSecrets(mine.api(), clock);
            List<ResourceId> changed = new CopyOnWriteArrayList<>();
            var unused = secrets.onChange(changed::add);
            assertThat(secrets.get(namespace, "login")).isEmpty();
            secret("first");
            now.set(now.get().plusSeconds(31));
            secrets.look();
            assertThat(changed).containsExactly(new ResourceId("Secret", namespace, "login"));
            assertThat(password(secrets.get(namespace, "login"))).contains("first");

            secret("second");
            assertThat(password(secrets.get(namespace, "login"))).contains("first");
            secrets.refused(namespace, "login");
            assertThat(password(secrets.get(namespace, "login"))).contains("second");

            secret("third");
            now.set(now.get().plus(Duration.ofMinutes(5)));
            secrets.look();
            assertThat(changed).hasSize(2);
            long before = mine.api().requests();
            assertThat(password(secrets.get(namespace, "login"))).contains("third");
            // on the way to a commit nobody asks
            assertThat(mine.api().requests()).isEqualTo(before);
            assertThatThrownBy(() -> secrets.get(namespace, "other"))
                    .hasMessageContaining("Secret " + namespace + "/other cannot be read: grant get");
        }
    }

    @Test
    void hasSecretsWhileTheServerIsAway() {
        ClusterSecrets secrets = new ClusterSecrets(connection.api(), clock);
        secret("first");
        assertThat(password(secrets.get(namespace, "login"))).contains("first");
        now.set(now.get().plus(Duration.ofHours(1)));
        server.stop();
        try {
            assertThat(password(secrets.get(namespace, "login"))).contains("first");
        } finally {
            server.start();
        }
    }

    @Test
    void annotatesAndSuspends() {
        ClusterEdits edits = new ClusterEdits(connection.api(), connection.source());
        edits.annotate(web.id(), Map.of("reconcile.fluxcd.io/requestedAt", "now"));
        // without waiting for the watch
        assertThat(cache.find(web.id()).orElseThrow().annotation("reconcile.fluxcd.io/requestedAt"))
                .isEqualTo("now");
        edits.suspend(web.id(), true);
        assertThat(cache.find(Kinds.IMAGE_REPOSITORY, namespace, "web")
                        .orElseThrow()
                        .spec()
                        .suspend())
                .isTrue();
        edits.suspend(web.id(), false);
        assertThat(server.kubectl("get", "imagerepository", "web", "-n", namespace, "-o", "jsonpath={.spec.suspend}"))
                .isEqualTo("false");
        assertThatThrownBy(() -> edits.annotate(new ResourceId("ImageRepository", namespace, "no"), Map.of("a", "b")))
                .hasMessageContaining("cannot be changed");
    }
}
