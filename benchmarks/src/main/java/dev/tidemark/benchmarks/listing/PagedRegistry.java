package dev.tidemark.benchmarks.listing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry of one repository with many tags, in a process of its own, that answers as quickly as it can: pages of a
 * thousand with links, made beforehand but for the last one, which has what was pushed since.
 */
final class PagedRegistry {

    static final String REPOSITORY = "many/app";
    private static final int PAGE = 1_000;
    private static final String LAST = "last=";

    private final List<byte[]> pages = new ArrayList<>();
    private final List<String> pushed = new ArrayList<>();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger tags = new AtomicInteger();

    private PagedRegistry(int count) {
        List<String> page = new ArrayList<>();
        for (int tag = 0; tag < count; tag++) {
            page.add("1.0." + tag);
            if (page.size() == PAGE) {
                pages.add(json(page));
                page.clear();
            }
        }
        pushed.addAll(page);
    }

    /** @param args where to write the port, how many tags */
    public static void main(String[] args) throws IOException {
        // the JDK's server would wait for acknowledgements otherwise
        System.setProperty("sun.net.httpserver.nodelay", "true");
        PagedRegistry registry = new PagedRegistry(Integer.parseInt(args[1]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", registry::handle);
        server.start();
        Path draft = Path.of(args[0] + ".new");
        Files.writeString(draft, Integer.toString(server.getAddress().getPort()));
        Files.move(draft, Path.of(args[0]), StandardCopyOption.ATOMIC_MOVE);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery();
        try (exchange) {
            if (path.endsWith("/tags/list")) {
                lists.incrementAndGet();
                list(exchange, query);
            } else if (path.startsWith("/v2/" + REPOSITORY + "/manifests/")) {
                tags.incrementAndGet();
                exchange.getResponseHeaders().set("Docker-Content-Digest", "sha256:" + "ab".repeat(32));
                exchange.sendResponseHeaders(200, -1);
            } else if (path.equals("/push")) {
                push(query);
                exchange.sendResponseHeaders(204, -1);
            } else if (path.equals("/asked")) {
                answer(exchange, (lists.get() + " " + tags.get()).getBytes(StandardCharsets.UTF_8));
            } else {
                exchange.sendResponseHeaders(200, -1);
            }
        }
    }

    private synchronized void push(String tag) {
        pushed.add(tag);
    }

    private synchronized byte[] lastPage() {
        return json(pushed);
    }

    /** A page's cursor is its number. */
    private void list(HttpExchange exchange, String query) throws IOException {
        int at = query == null ? -1 : query.indexOf(LAST);
        int page = at < 0 ? 0 : Integer.parseInt(query.substring(at + LAST.length()));
        if (page < pages.size()) {
            String next = "</v2/" + REPOSITORY + "/tags/list?n=" + PAGE + '&' + LAST + (page + 1) + ">; rel=\"next\"";
            exchange.getResponseHeaders().set("Link", next);
            answer(exchange, pages.get(page));
        } else {
            answer(exchange, lastPage());
        }
    }

    private static byte[] json(List<String> tags) {
        String quoted = String.join("\",\"", tags);
        return ("{\"name\":\"" + REPOSITORY + "\",\"tags\":[" + (tags.isEmpty() ? "" : '"' + quoted + '"') + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }
}
