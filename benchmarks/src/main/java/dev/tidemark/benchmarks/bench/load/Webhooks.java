package dev.tidemark.benchmarks.bench.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** Sends webhooks as a registry does, all at once. */
final class Webhooks implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;

    Webhooks(ExecutorService threads) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
    }

    /** One of them, with where it goes. */
    record Webhook(URI to, String body) {}

    /**
     * Sends them.
     *
     * @param first is run as soon as one is answered
     * @return the answers in the same order, 0 where none came
     */
    List<Integer> send(List<Webhook> webhooks, Runnable first) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (Webhook webhook : webhooks) {
            HttpRequest request = HttpRequest.newBuilder(webhook.to())
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(webhook.body()))
                    .build();
            answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode)
                    .exceptionally(broken -> 0));
        }
        CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new))
                .thenRun(first)
                .join();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
