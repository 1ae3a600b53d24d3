package dev.tidemark.benchmarks.bench.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists and manifests of the OCI distribution API, from memory: its answers cost as little as those of a quick registry. */
final class Registry implements AutoCloseable {

    /** As registries give it to who names no size, and no more to who wants more. */
    private static final int PAGE = 1000;

    private static final Pattern PATH = Pattern.compile("/v2/(?<image>.+)/(?:tags/list|manifests/(?<tag>[^/]+))");
    private static final Pattern SIZE = Pattern.compile("(?:^|&)n=(\\d+)");
    private static final Pattern LAST = Pattern.compile("(?:^|&)last=([^&]*)");

    private final HttpServer server;
    private final Map<String, ImageTags> images = new ConcurrentHashMap<>();
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong manifests = new AtomicLong();
    private volatile long delayNanos;

    private Registry(HttpServer server) {
        this.server = server;
    }

    static Registry start(Executor threads) throws IOException {
        Registry registry =
                new Registry(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        registry.server.setExecutor(threads);
        registry.server.createContext("/", registry::answer);
        registry.server.start();
        return registry;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** An image with so many tags, {@code 1.0.0} and on. */
    void create(String image, int tags) {
        images.put(image, ImageTags.first(tags));
    }

    void push(String image, String tag) {
        images.computeIfAbsent(image, i -> ImageTags.first(0)).add(tag);
    }

    /** How long each answer waits. */
    void delay(long millis) {
        delayNanos = millis * 1_000_000;
    }

    /** Pages of lists that were asked for. */
    long lists() {
        return lists.get();
    }

    /** Manifests that were asked for, by GET or HEAD. */
    long manifests() {
        return manifests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (delayNanos > 0) {
                LockSupport.parkNanos(delayNanos);
            }
            String path = exchange.getRequestURI().getPath();
            Matcher parts = PATH.matcher(path);
            ImageTags tags = parts.matches() ? images.get(parts.group("image")) : null;
            if (path.equals("/v2/")) {
                send(exchange, 200, "application/json", "{}");
            } else if (tags == null) {
                send(exchange, 404, "application/json", "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}");
            } else if (parts.group("tag") == null) {
                list(exchange, parts.group("image"), tags);
            } else {
                manifest(exchange, parts.group("image"), tags, parts.group("tag"));
            }
        }
    }

    private void list(HttpExchange exchange, String image, ImageTags tags) throws IOException {
        lists.incrementAndGet();
        String query = exchange.getRequestURI().getRawQuery() == null
                ? ""
                : exchange.getRequestURI().getQuery();
        Matcher size = SIZE.matcher(query);
        Matcher last = LAST.matcher(query);
        int most = Math.min(PAGE, size.find() ? Integer.parseInt(size.group(1)) : PAGE);
        var page = tags.after(last.find() ? last.group(1) : "", most + 1);
        if (page.size() > most) {
            page = page.subList(0, most);
            exchange.getResponseHeaders()
                    .set(
                            "Link",
                            "</v2/" + image + "/tags/list?n=" + most + "&last=" + page.getLast() + ">; rel=\"next\"");
        }
        send(
                exchange,
                200,
                "application/json",
                page.stream()
                        .collect(Collectors.joining("\",\"", "{\"name\":\"" + image + "\",\"tags\":[\"", "\"]}"))
                        .replace("[\"\"]", "[]"));
    }

    private void manifest(HttpExchange exchange, String image, ImageTags tags, String tag) throws IOException {
        manifests.incrementAndGet();
        if (!tags.contains(tag)) {
            send(exchange, 404, "application/json", "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
            return;
        }
        String type = "application/vnd.oci.image.manifest.v1+json";
        String text = "{\"schemaVersion\":2,\"mediaType\":\"" + type + "\",\"annotations\":{\"tag\":\"" + image + ':'
                + tag + "\"}}";
        exchange.getResponseHeaders().set("Docker-Content-Digest", "sha256:" + sha256(text));
        send(exchange, 200, type, text);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
