package dev.tidemark.watcher.oci;

import static dev.tidemark.watcher.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.watcher.ScriptedRegistry;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Registry.Listing;
import dev.tidemark.watcher.domain.Registry.Resolution;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.Ceiling;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** A client of a registry that does what the test says. */
abstract class OciRegistryFixture {

    static final String LIST = "/v2/o/a/tags/list";
    static final String DIGEST = "sha256:" + "ab".repeat(32);
    static final AccessProfile WITH_SECRET = new AccessProfile("apps", "creds", null, null, false, null, null, false);

    final ScriptedRegistry server = new ScriptedRegistry();
    final List<Duration> pauses = new ArrayList<>();
    final List<String> tags = new ArrayList<>();
    final TestResources declared = new TestResources();
    final OciRegistry registry = registry(Map.of());

    OciRegistry registry(Map<String, URI> mirrors) {
        return new OciRegistry(
                declared.cache(),
                declared,
                mirrors,
                new OciRegistry.Limits(new Ceiling(64, 1000), Map.of()),
                new ThreadScheduler(Clock.systemUTC()),
                pauses::add);
    }

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    Listing list(AccessProfile access) {
        return list(registry, server.authority() + "/o/a", access);
    }

    Listing list(OciRegistry registry, String image, AccessProfile access) {
        Set<String> seen = new HashSet<>();
        return registry.list(place(image, access), Urgency.ROUTINE, new Registry.TagSink() {
            @Override
            public boolean tag(String tag) {
                tags.add(tag);
                return seen.add(tag);
            }

            @Override
            public void pageEnd() {
                tags.add("--");
            }
        });
    }

    Resolution resolve(String tag) {
        return registry.resolve(place(server.authority() + "/o/a", AccessProfile.ANONYMOUS), Urgency.AWAITED, tag);
    }

    static Registry.Place place(String image, AccessProfile access) {
        return new Registry.Place(new Feed(new ImageName(image), access.text()), access, Duration.ofSeconds(20));
    }

    void secret(String key, String user, String password) {
        String auth = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        String config = "{\"auths\":{\"" + key + "\":{\"auth\":\"" + auth + "\"}}}";
        var secret = new Resource<>(
                Kinds.SECRET,
                new Metadata("apps", "creds", Map.of(), Map.of(), "u", 1, "1"),
                new SecretContent("kubernetes.io/dockerconfigjson", null, Map.of(".dockerconfigjson", config)));
        declared.declare(secret);
    }

    static void failsWith(Object outcome, ScanFailure reason, String... parts) {
        assertThat(outcome).isInstanceOfSatisfying(Registry.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.message()).contains(parts);
        });
    }

    void challenged(HttpExchange exchange, String accepted) throws IOException {
        boolean good = accepted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.getResponseHeaders()
                .set("WWW-Authenticate", "Bearer realm=\"" + server.base() + "/token\", service=\"reg\"");
        answer(exchange, good ? 200 : 401, good ? "{\"tags\":[\"a\"]}" : "{}");
    }
}
