package dev.tidemark.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry and a Git server that tell everybody what they were told: each answer carries the credentials of its request
 * in body, headers and redirects, as they came, decoded, in Base64, escaped for a URL and for JSON.
 */
final class HostileServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final String bearer;

    private HostileServer(HttpServer server, String bearer) {
        this.server = server;
        this.bearer = bearer;
    }

    /** @param bearer the token that its token service hands out */
    static HostileServer start(String bearer) throws IOException {
        HostileServer hostile = new HostileServer(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), bearer);
        hostile.server.setExecutor(hostile.threads);
        hostile.server.createContext("/", hostile::serve);
        hostile.server.start();
        return hostile;
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What came as credentials, decoded. */
    List<String> credentials() {
        return List.copyOf(credentials);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            String told = header == null ? "" : header;
            String secret = decoded(told);
            if (!secret.isEmpty()) {
                credentials.add(secret);
            }
            if (path.equals("/token")) {
                answer(exchange, 200, "{\"token\": \"" + bearer + "\"}");
                return;
            }
            if (path.contains("with-bearer") && !told.startsWith("Bearer")) {
                exchange.getResponseHeaders()
                        .add(
                                "WWW-Authenticate",
                                "Bearer realm=\"http://" + host() + "/token\",service=\"r\",scope=\"" + secret + "\"");
                answer(exchange, 401, echo(told, secret));
                return;
            }
            if (told.isEmpty()) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"hostile\"");
                answer(exchange, 401, echo("nobody", "nothing"));
                return;
            }
            exchange.getResponseHeaders().add("X-Echo", encoded(told));
            if (path.contains("redirect")) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://" + encoded(secret) + "@localhost:1/?access_token=" + encoded(secret) + "&x="
                                        + encoded(told));
                answer(exchange, 307, echo(told, secret));
                return;
            }
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"" + encoded(secret) + "\"");
            answer(exchange, path.contains("refused") ? 403 : path.contains("broken") ? 500 : 401, echo(told, secret));
        }
    }

    private static String echo(String told, String secret) {
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        String all = told + " " + secret + " " + base64 + " " + encoded(secret);
        return "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + all + "\",\"detail\":\"" + all + "\"}]}";
    }

    private static String decoded(String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return authorization.replaceFirst("^Bearer ", "");
        }
        return new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
