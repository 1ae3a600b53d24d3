package dev.tidemark.demo.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths of the OCI distribution specification v1.1 that push, pull and listing need. */
final class RegistryHandler implements HttpHandler {

    /** The demo's images have a few hundred bytes; this keeps a mistaken push from filling the memory. */
    private static final int MAX_BODY = 32 * 1024 * 1024;

    private static final int DEFAULT_PAGE = 1000;
    private static final Pattern ROUTE =
            Pattern.compile("/v2/(?<name>.+)/(?<what>blobs/uploads|blobs|manifests|tags)/(?<reference>[^/]*)");

    private final ObjectMapper json = new ObjectMapper();
    private final RegistryStore store;
    private final Uploads uploads;
    private final Notifications notifications;

    RegistryHandler(RegistryStore store, Uploads uploads, Notifications notifications) {
        this.store = store;
        this.uploads = uploads;
        this.notifications = notifications;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                route(exchange);
            } catch (RegistryError error) {
                answerJson(
                        exchange,
                        error.status(),
                        Map.of(
                                "errors",
                                List.of(Map.of("code", error.code(), "message", String.valueOf(error.getMessage())))));
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().set("Docker-Distribution-API-Version", "registry/2.0");
        if (path.equals("/v2/") || path.equals("/v2")) {
            answerJson(exchange, 200, Map.of());
            return;
        }
        Matcher route = ROUTE.matcher(path);
        if (!route.matches()) {
            throw new RegistryError(404, "UNSUPPORTED", "no such path: " + path);
        }
        RepositoryPath repository = new RepositoryPath(route.group("name"));
        String reference = route.group("reference");
        switch (route.group("what")) {
            case "tags" -> tags(exchange, repository);
            case "manifests" -> manifest(exchange, repository, reference);
            case "blobs" -> blob(exchange, new Digest(reference));
            default -> upload(exchange, repository, reference);
        }
    }

    private void tags(HttpExchange exchange, RepositoryPath repository) throws IOException {
        Map<String, String> query = query(exchange);
        int size = number(query.getOrDefault("n", Integer.toString(DEFAULT_PAGE)));
        String last = query.getOrDefault("last", "");
        List<String> after = store.tagNames(repository).stream()
                .filter(tag -> tag.compareTo(last) > 0)
                .toList();
        List<String> page = after.subList(0, Math.min(size, after.size()));
        if (page.size() < after.size() && !page.isEmpty()) {
            exchange.getResponseHeaders()
                    .set(
                            "Link",
                            "</v2/%s/tags/list?n=%d&last=%s>; rel=\"next\""
                                    .formatted(repository.text(), size, page.getLast()));
        }
        answerJson(exchange, 200, Map.of("name", repository.text(), "tags", page));
    }

    private static int number(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new RegistryError(400, "PAGINATION_NUMBER_INVALID", "'" + text + "' is not a number");
        }
    }

    private void manifest(HttpExchange exchange, RepositoryPath repository, String reference) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> {
                RegistryStore.Manifest manifest = store.manifest(repository, reference);
                exchange.getResponseHeaders()
                        .set("Docker-Content-Digest", manifest.digest().text());
                answer(exchange, 200, manifest.mediaType(), store.blobContent(manifest.digest()));
            }
            case "PUT" -> {
                String mediaType = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
                RegistryStore.Manifest manifest = store.putManifest(repository, reference, mediaType, body(exchange));
                exchange.getResponseHeaders()
                        .set("Docker-Content-Digest", manifest.digest().text());
                exchange.getResponseHeaders()
                        .set("Location", exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(201, -1);
                if (!Digest.isDigest(reference)) {
                    String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
                    notifications.pushed(repository, reference, manifest, host);
                }
            }
            case "DELETE" -> {
                store.deleteTag(repository, reference);
                exchange.sendResponseHeaders(202, -1);
            }
            default -> throw unsupported(exchange);
        }
    }

    private void blob(HttpExchange exchange, Digest digest) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> {
                byte[] content = store.blobContent(digest);
                exchange.getResponseHeaders().set("Docker-Content-Digest", digest.text());
                answer(exchange, 200, "application/octet-stream", content);
            }
            default -> throw unsupported(exchange);
        }
    }

    private void upload(HttpExchange exchange, RepositoryPath repository, String id) throws IOException {
        String digest = query(exchange).get("digest");
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                if (digest == null) {
                    accepted(exchange, repository, uploads.begin(), 0);
                } else {
                    store(exchange, repository, new Digest(digest), body(exchange));
                }
            }
            case "PATCH" -> accepted(exchange, repository, id, uploads.append(id, body(exchange)));
            case "PUT" -> {
                if (digest == null) {
                    throw new RegistryError(400, "DIGEST_INVALID", "an upload ends with ?digest=");
                }
                var unused = uploads.append(id, body(exchange));
                store(exchange, repository, new Digest(digest), uploads.finish(id));
            }
            default -> throw unsupported(exchange);
        }
    }

    private void accepted(HttpExchange exchange, RepositoryPath repository, String id, int size) throws IOException {
        exchange.getResponseHeaders().set("Location", "/v2/" + repository.text() + "/blobs/uploads/" + id);
        exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, size - 1));
        exchange.sendResponseHeaders(202, -1);
    }

    private void store(HttpExchange exchange, RepositoryPath repository, Digest digest, byte[] content)
            throws IOException {
        store.putBlob(digest, content);
        exchange.getResponseHeaders().set("Location", "/v2/" + repository.text() + "/blobs/" + digest.text());
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest.text());
        exchange.sendResponseHeaders(201, -1);
    }

    private static RegistryError unsupported(HttpExchange exchange) {
        return new RegistryError(405, "UNSUPPORTED", exchange.getRequestMethod() + " is not done here");
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                throw new RegistryError(413, "SIZE_INVALID", "the demo registry takes at most " + MAX_BODY + " bytes");
            }
            return body;
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawQuery();
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            Arrays.stream(raw.split("&"))
                    .map(pair -> pair.split("=", 2))
                    .forEach(pair -> query.put(
                            pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        }
        return query;
    }

    private void answerJson(HttpExchange exchange, int status, Object body) throws IOException {
        answer(exchange, status, "application/json", json.writeValueAsBytes(body));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
