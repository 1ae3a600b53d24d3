package dev.tidemark.cli.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The running services of a state folder, as far as an export goes. */
final class FakeEvaluator implements AutoCloseable {

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String health = "{\"status\": \"UP\"}";
    private volatile Answer answer = new Answer(200, "", 0);

    /**
     * @param body each byte a character
     * @param announced length of the body; 0: as much as there is, in chunks
     */
    private record Answer(int status, String body, long announced) {}

    private FakeEvaluator(HttpServer server) {
        this.server = server;
    }

    static FakeEvaluator of(Path state) throws IOException {
        FakeEvaluator evaluator =
                new FakeEvaluator(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        evaluator.start();
        Files.createDirectories(state);
        Files.writeString(state.resolve("management.token"), "s3cret\n");
        Files.writeString(
                state.resolve("endpoints.json"),
                "{\"pid\": %d, \"http\": \"http://localhost:1\", \"management\": \"http://localhost:%d\"}"
                        .formatted(
                                ProcessHandle.current().pid(),
                                evaluator.server.getAddress().getPort()));
        return evaluator;
    }

    private void start() {
        server.createContext("/", exchange -> {
            if (exchange.getRequestHeaders().containsKey("Upgrade")) {
                // the services' refusal of a request with a body is lost to whoever offers HTTP/2
                exchange.close();
                return;
            }
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            Answer now = answer;
            exchange.sendResponseHeaders(now.status(), now.announced());
            exchange.getResponseBody().write(now.body().getBytes(ISO_8859_1));
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.createContext("/q/health/live", exchange -> {
            byte[] said = health.getBytes(ISO_8859_1);
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        server.start();
    }

    /** It answers {@code ok} to everything, as many servers do. */
    void isNoTidemark() {
        health = "ok";
        answer = new Answer(200, "ok", 0);
    }

    void exports(byte[] range) {
        answer = new Answer(200, new String(range, ISO_8859_1), 0);
    }

    /** The connection breaks before the body is whole. */
    void breaksAfter(byte[] part) {
        answer = new Answer(200, new String(part, ISO_8859_1), part.length + 1L);
    }

    void refuses(int status, String why) {
        answer = new Answer(status, "{\"error\":\"" + why + "\"}", 0);
    }

    /** What it says of its readiness. */
    void isReady(String body) {
        answer = new Answer(200, body, 0);
    }

    void answers(int status, String body) {
        answer = new Answer(status, body, 0);
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
