package dev.tidemark.evaluator.management;

import dev.tidemark.runtime.time.Scheduler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** An answer that is written as fast as the client takes it: what was written is on its way before more is. */
final class ResponseStream extends OutputStream {

    /** A client that takes nothing for so long is not waited for: it keeps others from reading. */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(30);

    private final HttpServerResponse response;
    private final Scheduler scheduler;

    ResponseStream(HttpServerResponse response, Scheduler scheduler) {
        this.response = response;
        this.scheduler = scheduler;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (response.closed()) {
            throw new IOException("who asked has gone");
        }
        Buffer copy = Buffer.buffer(length).appendBytes(bytes, offset, length);
        try {
            var written = response.write(copy)
                    .map(nothing -> Boolean.TRUE)
                    .toCompletionStage()
                    .toCompletableFuture();
            if (scheduler.await(written, LONGEST_STALL).isEmpty()) {
                throw new IOException("who asked took nothing for " + LONGEST_STALL.toSeconds() + " s");
            }
        } catch (CompletionException e) {
            throw new IOException("who asked has gone", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the process ends");
        }
    }
}
