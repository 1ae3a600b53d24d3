package dev.tidemark.watcher.listener;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * Turns a request away and ends its connection. What is still coming is thrown away for a moment, so that the sender gets
 * the answer and not a broken connection; but only for a moment.
 */
final class Refusal {

    private static final Duration MOMENT = Duration.ofSeconds(2);

    /** A usual event of a registry: its sender has sent it before it looks for an answer. */
    private static final long MOMENT_BYTES = 256 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private long thrownAway;
    private boolean said;

    Refusal(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    void say(int status) {
        say(status, "");
    }

    /** @param retryAfter seconds, or empty; what was said first counts */
    void say(int status, String retryAfter) {
        HttpServerResponse response = request.response();
        if (said || response.ended() || response.closed()) {
            return;
        }
        said = true;
        if (!retryAfter.isEmpty()) {
            response.putHeader("Retry-After", retryAfter);
        }
        response.putHeader("Connection", "close");
        response.setStatusCode(status);
        if (request.isEnded()) {
            response.end().onComplete(written -> close());
            return;
        }
        long timer = vertx.setTimer(MOMENT.toMillis(), late -> close());
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.handler(chunk -> {
            thrownAway += chunk.length();
            if (thrownAway > MOMENT_BYTES) {
                close();
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            close();
        });
        var unused = response.end();
        request.resume();
    }

    private void close() {
        var unused = request.connection().close();
    }
}
