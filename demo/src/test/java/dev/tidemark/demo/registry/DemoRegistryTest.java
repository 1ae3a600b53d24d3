package dev.tidemark.demo.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRegistryTest {

    private static final String IMAGE = "my-org/my-app";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private DemoRegistry registry;
    private DemoPush push;

    @BeforeEach
    void start() throws IOException {
        registry = DemoRegistry.start(folder, 0);
        push = new DemoPush(registry.address());
    }

    @AfterEach
    void stop() {
        push.close();
        registry.close();
    }

    @Test
    void listsWhatWasPushed() throws Exception {
        push.push(IMAGE, "1.4.2");
        push.push(IMAGE, "1.4.10");

        assertThat(json("/v2/" + IMAGE + "/tags/list").path("tags"))
                .extracting(JsonNode::asText)
                .containsExactly("1.4.10", "1.4.2");
    }

    @Test
    void listsInPages() throws Exception {
        push.push(IMAGE, "1.0.0");
        push.push(IMAGE, "1.1.0");
        push.push(IMAGE, "1.2.0");

        HttpResponse<String> first = get("/v2/" + IMAGE + "/tags/list?n=2");

        assertThat(first.headers().firstValue("Link"))
                .contains("</v2/my-org/my-app/tags/list?n=2&last=1.1.0>; rel=\"next\"");
        assertThat(json("/v2/" + IMAGE + "/tags/list?n=2&last=1.1.0").path("tags"))
                .extracting(JsonNode::asText)
                .containsExactly("1.2.0");
    }

    @Test
    void answersHeadWithTheDigest() throws Exception {
        String digest = push.push(IMAGE, "1.4.2");

        HttpResponse<Void> head = http.send(
                HttpRequest.newBuilder(registry.address().resolve("/v2/" + IMAGE + "/manifests/1.4.2"))
                        .HEAD()
                        .build(),
                HttpResponse.BodyHandlers.discarding());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Docker-Content-Digest")).contains(digest);
        assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    }

    @Test
    void knowsAfterARestartWhatWasPushedBefore() throws Exception {
        String digest = push.push(IMAGE, "1.4.2");
        registry.close();

        registry = DemoRegistry.start(folder, 0);

        assertThat(get("/v2/" + IMAGE + "/manifests/" + digest).statusCode()).isEqualTo(200);
    }

    @Test
    void forgetsADeletedTag() throws Exception {
        push.push(IMAGE, "1.4.2");

        HttpResponse<String> deleted = http.send(
                HttpRequest.newBuilder(registry.address().resolve("/v2/" + IMAGE + "/manifests/1.4.2"))
                        .DELETE()
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(deleted.statusCode()).isEqualTo(202);
        assertThat(get("/v2/" + IMAGE + "/manifests/1.4.2").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesContentThatIsNotThatOfItsDigest() throws Exception {
        String wrong = "sha256:" + "0".repeat(64);

        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(registry.address().resolve("/v2/" + IMAGE + "/blobs/uploads/?digest=" + wrong))
                        .POST(BodyPublishers.ofString("something"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("DIGEST_INVALID");
    }

    @Test
    void refusesNamesThatAreNoRepositories() throws Exception {
        assertThat(get("/v2/%2e%2e/%2e%2e/etc/tags/list").statusCode()).isEqualTo(400);
        assertThat(get("/v2/" + IMAGE + "/tags/list").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsSubscribersOfAPush() throws Exception {
        BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
        HttpServer subscriber = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        subscriber.createContext("/", exchange -> {
            received.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        subscriber.start();
        try {
            registry.notify(
                    URI.create("http://127.0.0.1:" + subscriber.getAddress().getPort() + "/hook/x"));

            String digest = push.push(IMAGE, "1.4.2");

            JsonNode event = received.poll(30, TimeUnit.SECONDS).path("events").path(0);
            assertThat(event.path("action").asText()).isEqualTo("push");
            assertThat(event.path("target").path("repository").asText()).isEqualTo(IMAGE);
            assertThat(event.path("target").path("tag").asText()).isEqualTo("1.4.2");
            assertThat(event.path("target").path("digest").asText()).isEqualTo(digest);
        } finally {
            subscriber.stop(0);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(registry.address().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(get(path).body());
    }
}
