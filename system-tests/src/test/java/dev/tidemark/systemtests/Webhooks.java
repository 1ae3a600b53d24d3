package dev.tidemark.systemtests;

import dev.tidemark.systemtests.EndState.Told;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A registry's notifications: each is sent again, to one replica after the other, until one answers with 2xx. */
final class Webhooks implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final String BODY = """
            {"events": [{"id": "REPOSITORY-TAG", "action": "push",
              "target": {"mediaType": "application/vnd.oci.image.manifest.v1+json",
                "repository": "my-org/REPOSITORY", "tag": "TAG"},
              "request": {"host": "ghcr.io", "method": "PUT"}}]}
            """;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile List<URI> receivers = List.of();
    private final Set<Told> open = ConcurrentHashMap.newKeySet();
    private final Set<Told> answered = ConcurrentHashMap.newKeySet();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    private final Duration timeout;

    /** An answer that is not 2xx. */
    record Refusal(int status, Optional<String> retryAfter) {}

    Webhooks() {
        this(TIMEOUT);
    }

    /** @param timeout how long an answer is waited for */
    Webhooks(Duration timeout) {
        this.timeout = timeout;
    }

    /** @param addresses of the Receiver, one at each replica */
    void sendTo(List<URI> addresses) {
        receivers = List.copyOf(addresses);
    }

    void tell(String repository, String tag) {
        Told told = new Told(repository, tag);
        open.add(told);
        send(told, told.hashCode() & Byte.MAX_VALUE);
    }

    private void send(Told told, int attempt) {
        List<URI> all = receivers;
        HttpRequest request = HttpRequest.newBuilder(all.get(attempt % all.size()))
                .timeout(timeout)
                .header("Content-Type", "application/vnd.docker.distribution.events.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        BODY.replace("REPOSITORY", told.repository()).replace("TAG", told.tag())))
                .build();
        var unused = http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, fault) -> {
                    if (fault == null && answer.statusCode() / 100 == 2) {
                        answered.add(told);
                        open.remove(told);
                        return;
                    }
                    if (fault == null) {
                        refusals.add(new Refusal(
                                answer.statusCode(), answer.headers().firstValue("Retry-After")));
                    }
                    if (!clock.isShutdown()) {
                        var unusedNext =
                                clock.schedule(() -> send(told, attempt + 1), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                    }
                });
    }

    /** What was answered with 2xx. */
    Set<Told> answered() {
        return Set.copyOf(answered);
    }

    /** What no replica has answered yet. */
    Set<Told> open() {
        return Set.copyOf(open);
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        http.shutdownNow();
    }
}
