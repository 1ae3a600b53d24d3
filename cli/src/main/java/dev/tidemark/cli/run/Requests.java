package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.Services;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to a service, none of which waits for ever. Some questions take minutes: before the first one the service has to say
 * that it lives, which also tells whether it is a service of Tidemark's at all.
 */
final class Requests implements AutoCloseable {

    /** Whoever lives says so at once, also a busy one and from another continent. */
    private static final Duration KNOCK_LIMIT = Duration.ofSeconds(5);

    private static final String LIVES = "/q/health/live";

    private final Services services;
    private final Duration knockLimit;
    private final HttpClient client;
    private volatile boolean known;

    Requests(Services services) {
        this(services, KNOCK_LIMIT);
    }

    /** @param knockLimit for a connection, and for a first word */
    Requests(Services services, Duration knockLimit) {
        this.services = services;
        this.knockLimit = knockLimit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(knockLimit)
                .build();
    }

    /**
     * Asks.
     *
     * @param limit for what the handler waits for: the whole answer, or of a stream its beginning
     * @throws UserError where nobody answers in time, or it is no service of Tidemark's
     */
    <T> HttpResponse<T> answer(HttpRequest request, HttpResponse.BodyHandler<T> handler, Duration limit)
            throws InterruptedException {
        if (!known) {
            knock();
            known = true;
        }
        return sent(request, handler, limit);
    }

    private void knock() throws InterruptedException {
        HttpResponse<String> answer = sent(
                HttpRequest.newBuilder(services.address().resolve(LIVES)).build(),
                HttpResponse.BodyHandlers.ofString(),
                knockLimit);
        Tree said = json(answer.body());
        if (!said.text("status").isEmpty()) {
            return;
        }
        // ours that refuses, such as for a name that is not its own
        String refusal = said.text("error");
        throw new UserError(
                refusal.isEmpty()
                        ? "what answers at " + services.address()
                                + " is no Tidemark: name the management address of its"
                                + " services, port 9000 as a rule."
                        : refusal + '.');
    }

    private static Tree json(String text) {
        try {
            return text.startsWith("{") ? Tree.parse(text) : Tree.EMPTY;
        } catch (IllegalArgumentException noJson) {
            return Tree.EMPTY;
        }
    }

    private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> handler, Duration limit)
            throws InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                throw new UserError(services.silence() + '.', e);
            }
            throw new IllegalStateException("a request failed", e.getCause());
        } catch (TimeoutException e) {
            throw new UserError(services.silence() + " (nothing came for " + limit.toSeconds() + " s).", e);
        } finally {
            // also of who was interrupted; what is there already stays
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
