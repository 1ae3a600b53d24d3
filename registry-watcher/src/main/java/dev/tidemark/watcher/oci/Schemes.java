package dev.tidemark.watcher.oci;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a host that may be reached by plain HTTP speaks TLS: that is tried first, and cached for a while
 * (flux-git-based 9.4). A login is sent only when that is known.
 */
final class Schemes {

    /** As long as Flux's client waits before it tries plain HTTP beside TLS. */
    private static final Duration HANDSHAKE = Duration.ofMillis(300);

    private static final Duration CACHED = Duration.ofMinutes(10);

    /** More hosts than one replica watches; beyond it all are tried again. */
    private static final int MAX_CACHED = 10_000;

    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> asking = new ConcurrentHashMap<>();

    private record Known(boolean tls, Instant until) {}

    Schemes(Clock clock) {
        this.clock = clock;
    }

    /** The endpoint by the scheme that its host speaks. */
    Endpoint choose(Transport transport, Endpoint endpoint) throws InterruptedException {
        if (!endpoint.plainAllowed()) {
            return endpoint;
        }
        // Of many that come at once, one asks.
        ReentrantLock one = asking.computeIfAbsent(endpoint.authority(), host -> new ReentrantLock());
        one.lockInterruptibly();
        try {
            Known before = known.get(endpoint.authority());
            if (before == null || !before.until().isAfter(clock.instant())) {
                before = new Known(
                        speaksTls(transport, endpoint), clock.instant().plus(CACHED));
                cache(endpoint.authority(), before);
            }
            return before.tls() ? endpoint : endpoint.plain();
        } finally {
            one.unlock();
        }
    }

    private void cache(String authority, Known found) {
        if (known.size() >= MAX_CACHED) {
            known.clear();
            asking.clear();
        }
        known.put(authority, found);
    }

    /** What was found out does not hold any more: the host could not be spoken to. */
    void forget(Endpoint endpoint) {
        known.remove(endpoint.authority());
    }

    /** Any answer will do; also one whose certificate is not trusted, which is to be told and not to be gone round. */
    private static boolean speaksTls(Transport transport, Endpoint endpoint) throws InterruptedException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(endpoint.base().resolve("/v2/")).timeout(HANDSHAKE);
            HttpResponse<InputStream> response = transport.send(request);
            response.body().close();
            return true;
        } catch (IOException fault) {
            return Causes.isCertificate(fault);
        }
    }
}
