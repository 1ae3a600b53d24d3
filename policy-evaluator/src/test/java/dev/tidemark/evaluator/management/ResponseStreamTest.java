package dev.tidemark.evaluator.management;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.time.ThreadScheduler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An answer without an end, to a client that takes some of it. */
class ResponseStreamTest {

    /** What two sockets, and what lies between, may hold that nobody has taken: far less than what is written without waiting. */
    private static final long SOCKETS = 32L << 20;

    private static final int TAKEN = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final ThreadScheduler scheduler = new ThreadScheduler(Clock.systemUTC());

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        scheduler.close();
    }

    @Test
    void noMoreIsWrittenThanIsTakenAndAClientThatGoesAwayEndsIt() throws Exception {
        CompletableFuture<IOException> ended = new CompletableFuture<>();
        AtomicLong written = new AtomicLong();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    var unused = scheduler.start("answer", () -> {
                        try (OutputStream out =
                                new ResponseStream(request.response().setChunked(true), scheduler)) {
                            while (true) {
                                out.write(new byte[64 * 1024]);
                                written.addAndGet(64 * 1024);
                            }
                        } catch (IOException end) {
                            ended.complete(end);
                        }
                    });
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));

            assertThat(client.getInputStream().readNBytes(TAKEN)).hasSize(TAKEN);
        }

        assertThat(ended.join()).hasMessage("who asked has gone");
        assertThat(written.get()).isLessThan(TAKEN + SOCKETS);
    }
}
