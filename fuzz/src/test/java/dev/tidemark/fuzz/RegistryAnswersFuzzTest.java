package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.watcher.domain.ContentDigest;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.Ceiling;
import dev.tidemark.watcher.oci.OciRegistry;
import dev.tidemark.watcher.reconcile.WatcherResources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Any bytes as a registry's answer: digests, challenges, links, waits, redirects, lists. Each ends in an outcome; what is
 * believed has its form, and what is told has neither our secret nor anything that a terminal obeys.
 */
class RegistryAnswersFuzzTest {

    private static final String PASSWORD = "hunter-2-secret";

    /** Shorter than the pause before a second try: there is none. */
    private static final Duration TIMEOUT = Duration.ofMillis(240);

    private static final AccessProfile ACCESS =
            new AccessProfile("apps", "creds", null, null, false, "proxy", null, false);

    private static final AnsweringServer SERVER = new AnsweringServer();
    private static final OciRegistry REGISTRY = new OciRegistry(
            new WatcherResources(1, Runnable::run).declared(),
            secrets(),
            Map.of("registry.example", SERVER.base()),
            new OciRegistry.Limits(new Ceiling(64, 1e6), Map.of()),
            new ThreadScheduler(Clock.systemUTC()));

    private static int runs;

    @FuzzTest(maxDuration = "5m")
    void answers(byte[] input) {
        // Jazzer watches that nothing goes anywhere else, and a proxy sees to it that nothing tries.
        BugDetectors.allowNetworkConnections(
                (host, port) -> port == SERVER.base().getPort());
        SERVER.answer = input;
        // Of each run its own: what one answer has asked for must not keep the next one waiting.
        Feed feed = new Feed(new ImageName("registry.example/o/a"), "apps/" + ++runs);
        Registry.Place place = new Registry.Place(feed, ACCESS, TIMEOUT);
        Set<String> seen = new HashSet<>();
        check(REGISTRY.list(place, Urgency.AWAITED, new Registry.TagSink() {
            @Override
            public boolean tag(String tag) {
                return FeedWorker.isTag(tag) && seen.add(tag);
            }

            @Override
            public void pageEnd() {}
        }));
        check(REGISTRY.resolve(place, Urgency.AWAITED, "1.0.0"));
    }

    private static void check(Object outcome) {
        switch (outcome) {
            case Registry.Resolution.Found(String digest) ->
                assertThat(ContentDigest.isValid(digest)).as(digest).isTrue();
            case Registry.Failed failed -> {
                assertThat(failed.message()).doesNotContain(PASSWORD).doesNotContainPattern("\\p{C}");
                if (failed.retryAfter() != null) {
                    assertThat(failed.retryAfter()).isLessThanOrEqualTo(Duration.ofMinutes(15));
                }
            }
            default ->
                assertThat(outcome).isInstanceOfAny(Registry.Listing.Complete.class, Registry.Resolution.Gone.class);
        }
    }

    private static SecretReader secrets() {
        String config = "{\"auths\":{\"" + SERVER.base().getAuthority() + "\":{\"username\":\"bot\",\"password\":\""
                + PASSWORD + "\"}}}";
        Map<String, SecretContent> secrets = Map.of(
                "creds",
                new SecretContent("kubernetes.io/dockerconfigjson", null, Map.of(".dockerconfigjson", config)),
                "proxy",
                new SecretContent(
                        "Opaque", null, Map.of("address", SERVER.base().toString())));
        return new SecretReader() {
            @Override
            public Optional<SecretContent> get(String namespace, String name) {
                return Optional.ofNullable(secrets.get(name));
            }

            @Override
            public void refused(String namespace, String name) {}

            @Override
            public Registration onChange(Consumer<ResourceId> listener) {
                return () -> {};
            }
        };
    }

    /** Says the same to whoever asks, byte for byte, and hangs up. */
    private static final class AnsweringServer {
        private final ServerSocket socket;
        private volatile byte[] answer = new byte[0];

        AnsweringServer() {
            try {
                socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.ofPlatform().daemon().name("answering").start(this::serve);
        }

        URI base() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        private void serve() {
            while (true) {
                try (Socket asking = socket.accept()) {
                    BufferedReader request =
                            new BufferedReader(new InputStreamReader(asking.getInputStream(), StandardCharsets.UTF_8));
                    String line = request.readLine();
                    while (line != null && !line.isEmpty()) {
                        line = request.readLine();
                    }
                    asking.getOutputStream().write(answer);
                } catch (IOException hungUp) {
                    // the next one
                }
            }
        }
    }
}
