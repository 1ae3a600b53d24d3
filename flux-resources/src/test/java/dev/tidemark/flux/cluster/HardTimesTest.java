package dev.tidemark.flux.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.cache.ResourceCache;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real API server does seldom: this one speaks its protocol by a script. */
class HardTimesTest {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Script> lists = new ArrayDeque<>();
    private final Queue<Script> watches = new ArrayDeque<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    private record Script(int code, String body) {}

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String uri = exchange.getRequestURI().toString();
        asked.add(uri);
        if (!uri.contains("?")) {
            send(exchange, new Script(200, "{\"resources\": [{\"name\": \"imagerepositories\"}]}"));
        } else if (!uri.contains("watch=true")) {
            Script script;
            synchronized (lists) {
                script = lists.remove();
            }
            send(exchange, script);
        } else {
            watch(exchange);
        }
    }

    /** The last watch says nothing until the test ends. */
    private void watch(HttpExchange exchange) throws IOException {
        Script script;
        synchronized (watches) {
            script = watches.poll();
        }
        if (script != null) {
            send(exchange, script);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, Script script) throws IOException {
        byte[] body = script.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Retry-After", "0");
        exchange.sendResponseHeaders(script.code(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String object(String name, int version) {
        return """
                {"metadata": {"name": "%s", "namespace": "apps", "uid": "u-%s", "resourceVersion": "%d"},
                 "spec": {"image": "ghcr.io/acme/%s", "interval": "5m"}}""".formatted(name, name, version, name);
    }

    private static Script page(int version, String more, String... objects) {
        return new Script(200, """
                {"metadata": {"resourceVersion": "%d", "continue": "%s"}, "items": [%s]}""".formatted(version, more, String.join(",", objects)));
    }

    private static String event(String type, String object) {
        return "{\"type\": \"" + type + "\", \"object\": " + object.replace("\n", "") + "}\n";
    }

    private static final String FORGOTTEN =
            "{\"kind\": \"Status\", \"code\": 410, \"reason\": \"Expired\", \"message\": \"too old\"}";

    private Connection connection() {
        return Connection.to("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static List<String> names(ResourceCache cache) {
        return cache.all(Kinds.IMAGE_REPOSITORY).stream()
                .map(resource -> resource.name())
                .toList();
    }

    /** Flux's own kinds that Tidemark only reads: not every cluster has them. */
    @Test
    void missesNothingWhereAKindNeedNotBeThere() {
        try (Connection connection = connection()) {
            ResourceCache cache = connection.cache(Kinds.ALERT, Kinds.PROVIDER);
            await().until(cache::isComplete);
            assertThat(cache.all(Kinds.ALERT)).isEmpty();
            assertThat(connection.source().problems()).isEmpty();

            ResourceCache other = connection.cache(Kinds.IMAGE_POLICY);
            await().until(other::isComplete);
            assertThat(connection.source().problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("apply deploy/crds"));
        }
    }

    @Test
    void listsAgainWhatTheServerHasForgotten() {
        lists.add(page(10, "", object("a", 1), object("b", 2)));
        watches.add(new Script(200, event("ADDED", object("c", 11)) + event("ERROR", FORGOTTEN)));
        lists.add(page(20, "", object("b", 2), object("c", 11), object("d", 15)));
        try (Connection connection = connection()) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            await().untilAsserted(() -> assertThat(names(cache)).containsExactly("b", "c", "d"));
        }
    }

    @Test
    void listsAgainWhereAWatchIsRefusedAsTooOld() {
        lists.add(page(10, "", object("a", 1)));
        watches.add(new Script(410, FORGOTTEN));
        lists.add(page(20, "", object("b", 2)));
        try (Connection connection = connection()) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            await().untilAsserted(() -> assertThat(names(cache)).containsExactly("b"));
        }
    }

    @Test
    void beginsAgainWhereAPageComesTooLate() {
        lists.add(page(10, "more", object("a", 1)));
        lists.add(new Script(410, FORGOTTEN));
        lists.add(page(20, "more", object("a", 1)));
        lists.add(page(20, "", object("b", 2)));
        try (Connection connection = connection()) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            await().until(cache::isComplete);
            assertThat(names(cache)).containsExactly("a", "b");
        }
    }

    @Test
    void comesBackWhereTheServerIsBusy() {
        lists.add(new Script(429, "{\"message\": \"too many requests\"}"));
        lists.add(new Script(503, "{\"message\": \"starting\"}"));
        lists.add(page(10, "", object("a", 1)));
        try (Connection connection = connection()) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            await().until(cache::isComplete);
            assertThat(names(cache)).containsExactly("a");
        }
    }

    @Test
    void goesOnWhereAWatchEnded() {
        lists.add(page(10, "", object("a", 1)));
        watches.add(new Script(
                200,
                event("ADDED", object("b", 11)) + event("BOOKMARK", "{\"metadata\": {\"resourceVersion\": \"99\"}}")));
        try (Connection connection = connection()) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            await().until(() -> asked.stream().anyMatch(uri -> uri.endsWith("resourceVersion=99")));
            assertThat(names(cache)).containsExactly("a", "b");
            assertThat(lists).isEmpty();
        }
    }

    /** Told before the server is asked where it stands, a look could see what was before, and the watch begin after it. */
    @Test
    void whoLooksIsToldWhenTheNextWatchIsSureToTellTheRest() throws InterruptedException {
        lists.add(page(10, "", object("a", 1)));
        watches.add(new Script(200, event("ERROR", FORGOTTEN)));
        lists.add(page(20, "", object("b", 2)));
        try (Connection connection = connection();
                ClusterChanges changes =
                        ClusterChanges.of(connection.api(), List.of("/repositories"), Duration.ofMillis(500))) {
            changes.await();
            assertThat(lists).as("where the next watch begins").isEmpty();
        }
    }

    @Test
    void takesNoOldNewsForNew() {
        lists.add(page(10, "", object("a", 9)));
        watches.add(new Script(
                200,
                event("MODIFIED", object("a", 8).replace("5m", "1m"))
                        + event("ADDED", object("b", 11))
                        + event("DELETED", object("a", 12).replace("u-a", "u-earlier"))
                        + event("ADDED", object("c", 13))));
        try (Connection connection = connection()) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            await().untilAsserted(() -> assertThat(names(cache)).containsExactly("a", "b", "c"));
            assertThat(cache.all(Kinds.IMAGE_REPOSITORY).getFirst().spec().interval())
                    .hasMinutes(5);
        }
    }
}
