package dev.tidemark.flux.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Listens like a chat's webhook, and answers what it is told to. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Integer> codes = new ConcurrentLinkedQueue<>();
    private final Map<String, Answer> byPath = new ConcurrentHashMap<>();
    private volatile int always = 200;
    private volatile String says = "ok";
    private volatile int missing;
    private volatile boolean redirects;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final CountDownLatch end = new CountDownLatch(1);

    record Request(String path, String authorization, String team, String body) {}

    private record Answer(int code, String body) {}

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestURI().toString(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Team")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            held.await();
            Answer own = byPath.get(exchange.getRequestURI().getPath());
            Integer code = own == null ? codes.poll() : Integer.valueOf(own.code());
            byte[] body = (own == null ? says : own.body()).getBytes(StandardCharsets.UTF_8);
            if (redirects) {
                exchange.getResponseHeaders().set("Location", address() + "/elsewhere");
            }
            int promised = body.length + missing;
            exchange.sendResponseHeaders(code == null ? always : code, promised);
            exchange.getResponseBody().write(body);
            if (missing > 0) {
                exchange.getResponseBody().flush();
                end.await();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    /** The next answers, before it answers as always. */
    void next(Integer... answers) {
        codes.addAll(List.of(answers));
    }

    void always(int code, String body) {
        always = code;
        says = body;
    }

    /** Whatever it answers elsewhere. */
    void at(String path, int code, String body) {
        byPath.put(path, new Answer(code, body));
    }

    /** From now on it sends everybody elsewhere. */
    void redirect() {
        redirects = true;
        always(307, "");
    }

    /** From now on the last byte of an answer does not come. */
    void stall() {
        missing = 1;
    }

    /** From now on nothing is answered. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    @Override
    public void close() {
        held.countDown();
        end.countDown();
        server.stop(0);
    }
}
