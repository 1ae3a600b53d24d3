package dev.tidemark.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.demo.registry.DemoPush;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the scenario does with the registry, as anybody outside would. */
public final class RegistryClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int NOT_FOUND = 404;

    private final URI registry;
    private final DemoPush push;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    public RegistryClient(URI registry) {
        this.registry = registry;
        this.push = new DemoPush(registry);
    }

    /** The tags of the demo's image; none while nothing was pushed. */
    public List<String> tags() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(registry.resolve("/v2/" + Scenario.REPOSITORY + "/tags/list"))
                        .timeout(TIMEOUT)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        List<String> tags = new ArrayList<>();
        if (answer.statusCode() != NOT_FOUND) {
            for (JsonNode tag : new ObjectMapper().readTree(answer.body()).path("tags")) {
                tags.add(tag.asText());
            }
        }
        return tags;
    }

    /** Pushes a small image under a tag; returns when the registry has acknowledged the manifest. */
    public void push(String repository, String tag) throws IOException, InterruptedException {
        push.push(repository, tag);
    }

    @Override
    public void close() {
        push.close();
        http.close();
    }
}
