package dev.tidemark.watcher.oci;

import static dev.tidemark.watcher.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.watcher.ScriptedRegistry;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Registry.Listing;
import dev.tidemark.watcher.domain.Registry.Resolution;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.Ceiling;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The budget over real HTTP. */
@Timeout(60)
class HostBudgetsTest extends OciRegistryFixture {

    private static final int PAGES = 101;

    private OciRegistry limited(Ceiling ceiling, Map<String, Double> hosts) {
        return new OciRegistry(
                declared.cache(),
                declared,
                Map.of(),
                new OciRegistry.Limits(ceiling, hosts),
                new ThreadScheduler(Clock.systemUTC()));
    }

    private Resolution resolve(OciRegistry at, String image, Duration timeout) {
        Registry.Place place = place(image, AccessProfile.ANONYMOUS);
        return at.resolve(new Registry.Place(place.feed(), place.access(), timeout), Urgency.AWAITED, "1.0");
    }

    private void tag(String repository) {
        server.on("/v2/" + repository + "/manifests/1.0", exchange -> {
            exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            exchange.sendResponseHeaders(200, -1);
        });
    }

    /** Pages with links, each of which may wait. */
    private void pages(CountDownLatch go) {
        server.on(LIST, exchange -> {
            try {
                go.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            String query = exchange.getRequestURI().getQuery();
            int page = query.contains("last=") ? Integer.parseInt(query.substring(query.indexOf("last=") + 5)) : 0;
            if (page + 1 < PAGES) {
                exchange.getResponseHeaders()
                        .set("Link", "<" + LIST + "?n=1000&last=" + (page + 1) + ">; rel=\"next\"");
            }
            answer(exchange, 200, "{\"tags\":[\"" + page + "\"]}");
        });
    }

    /** One, and the next one ten seconds later. */
    @Test
    void theCeilingHoldsForPagesToo() {
        pages(new CountDownLatch(0));
        try (OciRegistry slow = limited(new Ceiling(4, 0.1), Map.of())) {
            Registry.Place place = place(server.authority() + "/o/a", AccessProfile.ANONYMOUS);
            Listing outcome = slow.list(
                    new Registry.Place(place.feed(), place.access(), Duration.ofSeconds(2)),
                    Urgency.AWAITED,
                    new Sink(() -> {}));
            failsWith(outcome, ScanFailure.RATE_LIMITED, "our own limit of requests", "requests-per-second");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aTagGetsThroughWhileListsHoldTheirPlaces() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        pages(go);
        tag("o/b");
        try (OciRegistry small = limited(new Ceiling(2, 1_000), Map.of())) {
            List<CompletableFuture<Listing>> lists = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Listing> done = new CompletableFuture<>();
                lists.add(done);
                Thread.ofVirtual()
                        .start(() -> done.complete(list(small, server.authority() + "/o/a", AccessProfile.ANONYMOUS)));
            }
            assertThat(resolve(small, server.authority() + "/o/b", Duration.ofSeconds(20)))
                    .isEqualTo(new Resolution.Found(DIGEST));
            go.countDown();
            for (CompletableFuture<Listing> one : lists) {
                assertThat(one.get()).isInstanceOf(Listing.Complete.class);
            }
        }
    }

    /** Its worker is needed for what is urgent, such as a webhook for the same image. */
    @Test
    void aListThatWaitsForItsPlaceLetsUrgentThingsIn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        pages(go);
        CountDownLatch asked = new CountDownLatch(1);
        try (OciRegistry small = limited(new Ceiling(2, 1_000), Map.of())) {
            for (int i = 0; i < 2; i++) {
                Thread.ofVirtual()
                        .start(() -> small.list(
                                place(server.authority() + "/o/a", AccessProfile.ANONYMOUS),
                                Urgency.ROUTINE,
                                new Sink(asked::countDown)));
            }
            asked.await(); // no page has ended
            go.countDown();
        }
    }

    @Test
    void aHostThatBreaksDownIsNotAskedBeforeItsTime() {
        server.on(LIST, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "600");
            answer(exchange, 503, "{}");
        });
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.UNREACHABLE, "HTTP 503");
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.RATE_LIMITED, "has asked not to be asked about o/a");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aLimitThatIsUsedUpIsObeyed() {
        AtomicInteger left = new AtomicInteger(2);
        server.on("/v2/o/a/manifests/1.0", exchange -> {
            exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            exchange.getResponseHeaders().set("RateLimit-Limit", "3");
            exchange.getResponseHeaders().set("RateLimit-Remaining", Integer.toString(left.getAndDecrement()));
            exchange.getResponseHeaders().set("RateLimit-Reset", "600");
            exchange.sendResponseHeaders(200, -1);
        });
        String image = server.authority() + "/o/a";
        for (int i = 0; i < 3; i++) {
            assertThat(resolve(registry, image, Duration.ofSeconds(20))).isEqualTo(new Resolution.Found(DIGEST));
        }
        failsWith(resolve(registry, image, Duration.ofMillis(100)), ScanFailure.RATE_LIMITED, "our own limit");
        assertThat(server.requests()).hasSize(3);
    }

    /** What is slow or refuses has a budget of its own. */
    @Test
    void anotherHostIsNotSlowed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        pages(go);
        try (OciRegistry small = limited(new Ceiling(2, 1), Map.of());
                ScriptedRegistry other = new ScriptedRegistry()) {
            other.serve("o/b").put("1.0", DIGEST);
            CompletableFuture<Listing> done = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> done.complete(list(small, server.authority() + "/o/a", AccessProfile.ANONYMOUS)));
            assertThat(resolve(small, other.authority() + "/o/b", Duration.ofSeconds(20)))
                    .isEqualTo(new Resolution.Found(DIGEST));
            assertThat(done).isNotDone();
            go.countDown();
        }
    }

    @Test
    void aHostHasItsOwnLimitForAllCredentials() {
        tag("o/a");
        String image = server.authority() + "/o/a";
        try (OciRegistry own = limited(new Ceiling(64, 500), Map.of(server.authority(), 0.01))) {
            assertThat(resolve(own, image, Duration.ofSeconds(20))).isEqualTo(new Resolution.Found(DIGEST));
            failsWith(resolve(own, image, Duration.ofMillis(50)), ScanFailure.RATE_LIMITED, "our own limit");
        }
        assertThatThrownBy(() -> limited(new Ceiling(64, 500), Map.of("ghcr.io", -1.0)))
                .hasMessageContaining("host-requests-per-second.\"ghcr.io\" is -1.0: set a number above 0");
    }

    private record Sink(Runnable atPageEnd) implements Registry.TagSink {
        @Override
        public boolean tag(String tag) {
            return true;
        }

        @Override
        public void pageEnd() {
            atPageEnd.run();
        }
    }
}
