package dev.tidemark.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before an HTTP server and lets through what a test says: everything, whoever has the password, nobody. */
final class Gate implements AutoCloseable {

    /** Headers that the JDK's client and server write themselves. */
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "expect", "date");

    private final URI backend;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Rule rule = new Open();

    private sealed interface Rule {}

    private record Open() implements Rule {}

    private record Password(String authorization) implements Rule {}

    /** Takes the request and never answers. */
    private record Silence() implements Rule {}

    private record Refusal() implements Rule {}

    /** Ends the connection. */
    private record HangUp() implements Rule {}

    /** Forwards what is pushed to Git, and ends the connection in place of the answer. */
    private record LostAnswers() implements Rule {}

    private record HalfLists() implements Rule {}

    Gate(URI backend) throws IOException {
        this.backend = backend;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    void open() {
        rule = new Open();
    }

    void demand(String user, String password) {
        rule = new Password("Basic " + encoded(user, password));
    }

    void fallSilent() {
        rule = new Silence();
    }

    /** Answers 503. */
    void refuse() {
        rule = new Refusal();
    }

    void hangUp() {
        rule = new HangUp();
    }

    /** What is pushed to Git arrives, and whoever pushed it does not hear so. */
    void loseAnswers() {
        rule = new LostAnswers();
    }

    /** Lists of tags end after their first half, as if that were all. */
    void listHalf() {
        rule = new HalfLists();
    }

    /** {@code 127.0.0.1:port}. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://" + authority());
    }

    /** The content of a docker-registry Secret for this gate. */
    String dockerConfig(String user, String password) {
        return "{\"auths\":{\"" + authority() + "\":{\"auth\":\"" + encoded(user, password) + "\"}}}";
    }

    private static String encoded(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (rule) {
                case Open() -> answer(exchange, ask(exchange));
                case Password(String authorization) -> {
                    if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                        answer(exchange, ask(exchange));
                    } else {
                        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"gate\"");
                        exchange.sendResponseHeaders(401, -1);
                    }
                }
                case Silence() -> closed.await();
                case Refusal() -> exchange.sendResponseHeaders(503, -1);
                case HangUp() -> {}
                case LostAnswers() -> {
                    HttpResponse<byte[]> answer = ask(exchange);
                    if (!exchange.getRequestURI().getPath().endsWith("/git-receive-pack")) {
                        answer(exchange, answer);
                    }
                }
                case HalfLists() -> {
                    HttpResponse<byte[]> answer = ask(exchange);
                    boolean list = exchange.getRequestURI().getPath().endsWith("/tags/list");
                    answer(exchange, answer, list ? half(answer.body()) : answer.body());
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        backend.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer(exchange, answer, answer.body());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer, byte[] content) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OWN.contains(name)) {
                exchange.getResponseHeaders().put(name, List.copyOf(values));
            }
        });
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.statusCode(), head || content.length == 0 ? -1 : content.length);
        if (!head && content.length > 0) {
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(content);
            }
        }
    }

    /** The list of tags without its second half. */
    private static byte[] half(byte[] list) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode answer = json.readTree(list);
        if (answer.path("tags") instanceof ArrayNode tags) {
            for (int remaining = tags.size() / 2; tags.size() > remaining; ) {
                var unused = tags.remove(tags.size() - 1);
            }
        }
        return json.writeValueAsBytes(answer);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
        http.shutdownNow();
    }
}
