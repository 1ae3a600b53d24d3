package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogsRouteTest {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger LOG = Logger.getLogger(LogsRouteTest.class.getName());

    private final Vertx vertx = Vertx.vertx();
    private final LogsRoute route = new LogsRoute("%p %s%e%n");
    private final HttpClient http = HttpClient.newHttpClient();
    private final Level before = ROOT.getLevel();
    private URI logs = URI.create("http://unset");

    @BeforeEach
    void listen() throws Exception {
        // as the services have it
        ROOT.setLevel(Level.INFO);
        Router router = Router.router(vertx);
        route.register(() -> router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        logs = URI.create("http://127.0.0.1:" + server.actualPort() + "/logs");
    }

    @AfterEach
    void end() throws Exception {
        route.end();
        ROOT.setLevel(before);
        http.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private HttpResponse<String> get(String query) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(logs + query)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void showsTheEndWithTimesAndMasked() throws Exception {
        LOG.info("one");
        LOG.info("two https://me:hidden@example.com/");
        LOG.log(Level.WARNING, "three", new IllegalStateException("why"));

        assertThat(get("").body())
                .containsPattern("(?m)^20\\S+Z INFO one$")
                .containsPattern("(?m)^20\\S+Z INFO two https://.*example.com/$")
                .doesNotContain("hidden")
                .containsPattern("(?m)^20\\S+Z WARN(ING)? three.*IllegalStateException: why$")
                .containsPattern("(?m)^20\\S+Z \tat .*LogsRouteTest");
        assertThat(get("?tail=2").body())
                .doesNotContain(" one")
                .contains(" two")
                .contains("\tat ");
        assertThat(get("?since=" + Instant.now().plusSeconds(60)).body()).isEmpty();
    }

    @Test
    void followsUntilWhoAskedIsGone() throws Exception {
        LOG.info("before");
        HttpResponse<InputStream> answer = http.send(
                HttpRequest.newBuilder(URI.create(logs + "?tail=1&follow=true")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).endsWith("INFO before");
            LOG.info("after");
            assertThat(lines.readLine()).endsWith("INFO after");
            LOG.info("and after");
            assertThat(lines.readLine()).endsWith("INFO and after");
        }
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        assertThat(get("?since=yesterday").statusCode()).isEqualTo(400);
        assertThat(get("?tail=many").body()).contains("a number of entries");
    }
}
