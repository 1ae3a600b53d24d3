package dev.tidemark.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Git over HTTP as forges do it: Git's own {@code git-http-backend} behind the JDK's server, with a password if wanted. */
public final class GitHttpServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path backend;
    private final Path root;
    private final @Nullable String authorization;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, HeldPushes> held = new ConcurrentHashMap<>();

    private GitHttpServer(HttpServer server, Path backend, Path root, @Nullable String authorization) {
        this.server = server;
        this.backend = backend;
        this.root = root;
        this.authorization = authorization;
    }

    /** Serves the repositories below a folder to everybody. */
    public static GitHttpServer start(Path root) {
        return start(root, null);
    }

    /** Serves them to one user; whoever sends something else gets 401. */
    public static GitHttpServer start(Path root, String user, String password) {
        byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return start(root, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** Serves them to whoever has the token. */
    public static GitHttpServer startWithToken(Path root, String token) {
        return start(root, "Bearer " + token);
    }

    /** Serves them over TLS to whoever shows a certificate that is believed. */
    public static GitHttpServer startWithTls(Path root, SSLContext context) {
        try {
            HttpsServer server = HttpsServer.create(address(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = context.getDefaultSSLParameters();
                    wanted.setNeedClientAuth(true);
                    parameters.setSSLParameters(wanted);
                }
            });
            return start(server, root, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GitHttpServer start(Path root, @Nullable String authorization) {
        try {
            return start(HttpServer.create(address(), 0), root, authorization);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static GitHttpServer start(HttpServer http, Path root, @Nullable String authorization) {
        Path backend = Tools.require("git-http-backend", "git");
        GitHttpServer server = new GitHttpServer(http, backend, root, authorization);
        http.setExecutor(server.threads);
        http.createContext("/", server::serve);
        http.start();
        return server;
    }

    /** The URL of a repository below the folder. */
    public URI url(String path) {
        return URI.create((server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort() + '/' + path);
    }

    /** What was asked so far, {@code METHOD path?query}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many pushes to a repository below the folder have come so far. */
    public long pushes(String path) {
        String push = "POST " + pushPath(path);
        return requests.stream().filter(push::equals).count();
    }

    /** Keeps pushes to a repository waiting that come from now on; those to others pass. */
    public HeldPushes holdPushes(String path) {
        HeldPushes pushes = new HeldPushes();
        held.put(pushPath(path), pushes);
        return pushes;
    }

    private static String pushPath(String repository) {
        return '/' + repository + "/git-receive-pack";
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            requests.add(exchange.getRequestMethod() + ' ' + uri);
            if (authorization != null
                    && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            HeldPushes pushes = held.get(uri.getPath());
            if (pushes != null) {
                pushes.pass();
            }
            Process process = backend(exchange, uri);
            try (OutputStream in = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(in);
            }
            answer(exchange, new BufferedInputStream(process.getInputStream()));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Process backend(HttpExchange exchange, URI uri) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(backend.toString()).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", uri.getPath());
        environment.put("QUERY_STRING", uri.getRawQuery() == null ? "" : uri.getRawQuery());
        environment.put("REMOTE_USER", "user");
        environment.put("REMOTE_ADDR", "127.0.0.1");
        putHeader(exchange, environment, "Content-Type", "CONTENT_TYPE");
        putHeader(exchange, environment, "Content-Length", "CONTENT_LENGTH");
        putHeader(exchange, environment, "Content-Encoding", "HTTP_CONTENT_ENCODING");
        putHeader(exchange, environment, "Git-Protocol", "HTTP_GIT_PROTOCOL");
        putHeader(exchange, environment, "Git-Protocol", "GIT_PROTOCOL");
        return builder.start();
    }

    private static void putHeader(
            HttpExchange exchange, Map<String, String> environment, String name, String variable) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            environment.put(variable, value);
        }
    }

    private static void answer(HttpExchange exchange, InputStream output) throws IOException {
        int status = 200;
        for (String line = line(output); !line.isEmpty(); line = line(output)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            String value = line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(name, value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            output.transferTo(body);
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
        threads.shutdownNow();
    }
}
