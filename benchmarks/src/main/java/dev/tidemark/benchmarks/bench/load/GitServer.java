package dev.tidemark.benchmarks.bench.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Git over HTTP as a forge does it: {@code git http-backend} behind the JDK's server, a process for each request. */
final class GitServer implements AutoCloseable {

    private final HttpServer server;
    private final Path root;
    private final AtomicLong pushes = new AtomicLong();
    private final AtomicLong intents = new AtomicLong();
    private volatile Instant askedAt = Instant.EPOCH;
    private volatile Instant receivedAt = Instant.EPOCH;

    private GitServer(HttpServer server, Path root) {
        this.server = server;
        this.root = root;
    }

    /** Serves the repositories below a folder. */
    static GitServer start(Path root, Executor threads) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        GitServer server = new GitServer(http, root);
        http.setExecutor(threads);
        http.createContext("/", server::serve);
        http.start();
        return server;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Pushes that were tried. */
    long pushes() {
        return pushes.get();
    }

    /** How often somebody asked what he could push to: who finds the branch moved asks and does not push. */
    long intents() {
        return intents.get();
    }

    /** When the newest push began to be sent, and when its sender had asked before, in microseconds of the clock. */
    String newest() {
        return micros(askedAt) + " " + micros(receivedAt);
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private void count(HttpExchange exchange) {
        if (exchange.getRequestURI().getPath().endsWith("/git-receive-pack")) {
            pushes.incrementAndGet();
            receivedAt = Instant.now();
        } else if (String.valueOf(exchange.getRequestURI().getQuery()).contains("service=git-receive-pack")) {
            intents.incrementAndGet();
            askedAt = Instant.now();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            count(exchange);
            Process backend = backend(exchange);
            try (OutputStream in = backend.getOutputStream()) {
                exchange.getRequestBody().transferTo(in);
            }
            try (InputStream out = new BufferedInputStream(backend.getInputStream())) {
                answer(exchange, out);
            }
        }
    }

    private Process backend(HttpExchange exchange) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getRawQuery();
        environment.put("QUERY_STRING", query == null ? "" : query);
        environment.put("REMOTE_USER", "bench");
        environment.put("REMOTE_ADDR", "127.0.0.1");
        Map<String, String> passedOn = Map.of(
                "CONTENT_TYPE", "Content-Type",
                "CONTENT_LENGTH", "Content-Length",
                "HTTP_CONTENT_ENCODING", "Content-Encoding",
                "GIT_PROTOCOL", "Git-Protocol");
        passedOn.forEach((variable, header) -> {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                environment.put(variable, value);
            }
        });
        return builder.start();
    }

    private static void answer(HttpExchange exchange, InputStream out) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (line.startsWith("Status:")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(line.substring(0, colon), value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            out.transferTo(body);
        }
    }

    private static String line(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c >= 0 && c != '\n'; c = input.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
