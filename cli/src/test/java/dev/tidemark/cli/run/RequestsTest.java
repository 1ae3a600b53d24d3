package dev.tidemark.cli.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration AMPLE = Duration.ofMinutes(1);

    private static void ask(int port, Duration knockLimit, HttpResponse.BodyHandler<?> handler, Duration limit)
            throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port);
        try (Requests requests = new Requests(new Services.At(address, ""), knockLimit)) {
            var unused = requests.answer(
                    HttpRequest.newBuilder(address.resolve("/a")).build(), handler, limit);
        }
    }

    @Test
    void whoAcceptsAndSaysNothingIsNotWaitedForHoweverLongAnAnswerMayTake() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ask(silent.getLocalPort(), SOON, HttpResponse.BodyHandlers.ofString(), AMPLE))
                    .isInstanceOf(UserError.class)
                    .hasMessageContainingAll(
                            "http://127.0.0.1:" + silent.getLocalPort(), "do not answer", "check", "nothing came");
        }
    }

    @Test
    void whoBeginsAnAnswerAndDoesNotEndItIsNotWaitedForEither() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/q/health/live", exchange -> {
            byte[] alive = "{\"status\": \"UP\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, alive.length);
            exchange.getResponseBody().write(alive);
            exchange.close();
        });
        server.createContext("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThatThrownBy(() -> ask(port, AMPLE, HttpResponse.BodyHandlers.ofString(), SOON))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("nothing came");
        } finally {
            server.stop(0);
        }
    }
}
