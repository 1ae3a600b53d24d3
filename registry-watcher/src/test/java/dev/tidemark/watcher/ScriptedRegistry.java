package dev.tidemark.watcher;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry that does what a test says: one handler per path, and a record of what was asked. */
public final class ScriptedRegistry implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Answers one request. */
    @FunctionalInterface
    public interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    public ScriptedRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::dispatch);
        server.start();
    }

    private void dispatch(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Handler handler = handlers.get(exchange.getRequestURI().getPath());
            if (handler == null) {
                answer(exchange, 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
            } else {
                handler.handle(exchange);
            }
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public URI base() {
        return URI.create("http://" + authority());
    }

    /** {@code METHOD uri} of everything asked so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public void on(String path, Handler handler) {
        handlers.put(path, handler);
    }

    /** Serves a repository with these tags, each with a digest; the map may change. */
    public Map<String, String> serve(String repository) {
        Map<String, String> digests = new ConcurrentSkipListMap<>();
        on("/v2/" + repository + "/tags/list", exchange -> {
            String tags = String.join("\",\"", digests.keySet());
            answer(exchange, 200, digests.isEmpty() ? "{\"tags\":null}" : "{\"tags\":[\"" + tags + "\"]}");
        });
        return new Published(digests, repository);
    }

    private final class Published extends java.util.AbstractMap<String, String> {
        private final Map<String, String> digests;
        private final String repository;

        Published(Map<String, String> digests, String repository) {
            this.digests = digests;
            this.repository = repository;
        }

        @Override
        public String put(String tag, String digest) {
            on("/v2/" + repository + "/manifests/" + tag, exchange -> {
                exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
                exchange.sendResponseHeaders(200, -1);
            });
            return digests.put(tag, digest);
        }

        @Override
        public java.util.Set<Entry<String, String>> entrySet() {
            return digests.entrySet();
        }
    }

    public static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head && bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
