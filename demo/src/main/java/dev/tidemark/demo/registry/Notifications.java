package dev.tidemark.demo.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tells subscribers of pushes in distribution's envelope, in the background: a push never waits for a subscriber. */
final class Notifications implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Notifications.class.getName());
    private static final String MEDIA_TYPE = "application/vnd.docker.distribution.events.v1+json";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Half a minute in all, enough for a restart of the services; bounded, unlike distribution's: polling finds the rest. */
    private static final int ATTEMPTS = 60;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final List<URI> subscribers = new CopyOnWriteArrayList<>();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("notifications").factory());

    void subscribe(URI address) {
        subscribers.add(address);
    }

    void pushed(RepositoryPath repository, String tag, RegistryStore.Manifest manifest, String host) {
        byte[] body = envelope(repository, tag, manifest, host);
        subscribers.forEach(subscriber -> sender.execute(() -> deliver(subscriber, body)));
    }

    private byte[] envelope(RepositoryPath repository, String tag, RegistryStore.Manifest manifest, String host) {
        ObjectNode root = json.createObjectNode();
        ObjectNode event = root.putArray("events").addObject();
        event.put("id", UUID.randomUUID().toString());
        event.put("timestamp", Instant.now().toString());
        event.put("action", "push");
        ObjectNode target = event.putObject("target");
        target.put("mediaType", manifest.mediaType());
        target.put("digest", manifest.digest().text());
        target.put("size", manifest.size());
        target.put("repository", repository.text());
        target.put("tag", tag);
        event.putObject("request").put("host", host).put("method", "PUT");
        try {
            return json.writeValueAsBytes(root);
        } catch (IOException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private void deliver(URI subscriber, byte[] body) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                HttpResponse<Void> answer = http.send(
                        HttpRequest.newBuilder(subscriber)
                                .timeout(TIMEOUT)
                                .header("Content-Type", MEDIA_TYPE)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() / 100 == 2) {
                    return;
                }
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} answered {1} to a notification",
                        subscriber,
                        answer.statusCode());
            } catch (IOException unreachable) {
                LOG.log(System.Logger.Level.DEBUG, "{0} could not be notified: {1}", subscriber, unreachable);
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                return;
            }
            if (!pause()) {
                return;
            }
        }
        LOG.log(System.Logger.Level.WARNING, "{0} was not notified in {1} attempts", subscriber, ATTEMPTS);
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
        http.shutdownNow();
    }
}
