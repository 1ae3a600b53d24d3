package dev.tidemark.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of OpenTelemetry that takes traces as JSON over HTTP and keeps them. */
public final class FakeCollector implements AutoCloseable {

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    /** One that came; header names in lower case. */
    public record Request(int answered, Map<String, List<String>> headers, String body) {

        /** Its first value; empty where there is none. */
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private FakeCollector(HttpServer server) {
        this.server = server;
    }

    /** On loopback. */
    public static FakeCollector start() {
        try {
            FakeCollector collector =
                    new FakeCollector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            collector.server.createContext("/v1/traces", collector::take);
            collector.server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is answered from now on. */
    public void answers(int newStatus) {
        status = newStatus;
    }

    /** As {@code OTEL_EXPORTER_OTLP_ENDPOINT} has it. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Where traces go. */
    public URI traces() {
        return endpoint().resolve("/v1/traces");
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The bodies of requests that were answered with 200. */
    public List<String> taken() {
        return requests.stream()
                .filter(request -> request.answered() == 200)
                .map(Request::body)
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int answer = status;
            requests.add(new Request(answer, Map.copyOf(exchange.getRequestHeaders()), body));
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
