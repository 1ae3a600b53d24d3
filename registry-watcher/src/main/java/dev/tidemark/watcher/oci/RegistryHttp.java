package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.Redaction;
import dev.tidemark.watcher.domain.budget.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a registry: logs in when challenged, keeps to the budget, tries again what may pass by itself. A
 * registry that asks for patience is not asked again here: the worker comes back later.
 */
final class RegistryHttp {

    /** Flux's transport tries three times too (flux-git-based 9.4); sooner, because a webhook waits. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(250), Duration.ofSeconds(1));

    private static final int MAX_REDIRECTS = 3;
    private static final String USER_AGENT = "tidemark-registry-watcher";
    static final Duration ROUND_TRIP = Duration.ofSeconds(30);

    private final Turns turns;
    private final Tokens tokens;
    private final Clock clock;
    private final Pause pause;

    /** How to wait; virtual threads sleep. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** With whom one walk speaks. */
    record Session(Transport transport, Endpoint endpoint, Login login, HostRequests.Stream requests, Instant deadline)
            implements AutoCloseable {

        /** Its place is free for others. */
        @Override
        public void close() {
            requests.close();
        }
    }

    /** What must not appear in any message about a session. */
    Redaction redaction(Session session) {
        List<String> secrets = new ArrayList<>(session.login().secrets());
        secrets.addAll(session.transport().secrets());
        String header = tokens.header(session.endpoint(), session.login());
        if (header != null) {
            secrets.add(header.substring(header.indexOf(' ') + 1));
        }
        return Redaction.of(secrets);
    }

    RegistryHttp(Turns turns, Clock clock, Pause pause) {
        this.turns = turns;
        this.tokens = new Tokens(clock);
        this.clock = clock;
        this.pause = pause;
    }

    /** The answer, whatever its status apart from refusals and overload; its body is to be closed. */
    HttpResponse<InputStream> send(Session session, String method, URI uri, String accept)
            throws RegistryException, InterruptedException {
        URI target = uri;
        int redirects = 0;
        int attempt = 0;
        boolean challenged = false;
        while (true) {
            turns.awaitRequest(session);
            HttpResponse<InputStream> response;
            String header = tokens.header(session.endpoint(), session.login());
            HttpRequest.Builder request = request(session, method, target, accept, header);
            long sentAt = System.nanoTime();
            try {
                response = session.transport().send(request);
            } catch (IOException e) {
                session.requests().answered(new Answer.Failed(null));
                retry(session, attempt++, unreachable(session, Causes.of(e)));
                continue;
            }
            int status = response.statusCode();
            session.requests().answered(answer(response, Duration.ofNanos(System.nanoTime() - sentAt)));
            if (status < 300 || status == 304 || status == 404 || status == 400 || status == 405) {
                return response;
            }
            try (InputStream body = response.body()) {
                switch (status) {
                    case 301, 302, 303, 307, 308 -> {
                        if (++redirects > MAX_REDIRECTS) {
                            throw new RegistryException(
                                    ScanFailure.UNREADABLE_ANSWER,
                                    "too many redirects: " + session.endpoint().authority() + " redirects more than "
                                            + MAX_REDIRECTS + " times");
                        }
                        target = redirect(session, target, response);
                    }
                    case 401 -> {
                        if (challenged) {
                            throw refused(session, status, body);
                        }
                        challenged = true;
                        String fresh = tokens.answer(
                                session.transport(),
                                session.endpoint(),
                                session.login(),
                                response.headers().allValues("WWW-Authenticate"));
                        assert !fresh.isEmpty();
                    }
                    case 407 -> throw proxyRefused(session);
                    case 403 -> throw refused(session, status, body);
                    case 429 -> throw overloaded(session, response, body);
                    case 500, 502, 503, 504, 408, 499, 522 -> {
                        Duration retryAfter = Headers.retryAfter(response.headers(), clock.instant());
                        RegistryException failure = new RegistryException(
                                ScanFailure.UNREACHABLE,
                                session.endpoint().authority() + " answers HTTP " + status + ErrorBody.read(body),
                                retryAfter);
                        if (retryAfter != null) {
                            throw failure;
                        }
                        retry(session, attempt++, failure);
                    }
                    default ->
                        throw new RegistryException(
                                ScanFailure.UNREADABLE_ANSWER,
                                session.endpoint().authority() + " answers HTTP " + status + ErrorBody.read(body));
                }
            } catch (IOException e) {
                retry(session, attempt++, unreachable(session, Causes.of(e)));
            }
        }
    }

    /** What the host's budget makes of it. */
    private Answer answer(HttpResponse<?> response, Duration latency) {
        Instant now = clock.instant();
        return switch (response.statusCode()) {
            case 429 -> new Answer.Limited(Headers.retryAfter(response.headers(), now));
            case 500, 502, 503, 504, 408, 499, 522 -> new Answer.Failed(Headers.retryAfter(response.headers(), now));
            default -> new Answer.Served(latency, RateHeaders.read(response.headers(), now));
        };
    }

    private HttpRequest.Builder request(
            Session session, String method, URI target, String accept, @Nullable String authorization)
            throws RegistryException {
        Duration left = Duration.between(clock.instant(), session.deadline());
        if (left.isNegative() || left.isZero()) {
            throw unreachable(session, "the time allowed for the scan is over");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", USER_AGENT)
                .header("Accept", accept)
                .timeout(left.compareTo(ROUND_TRIP) < 0 ? left : ROUND_TRIP);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private void retry(Session session, int attempt, RegistryException failure)
            throws RegistryException, InterruptedException {
        if (attempt >= PAUSES.size()
                || !clock.instant().plus(PAUSES.get(attempt)).isBefore(session.deadline())) {
            throw failure;
        }
        pause.sleep(PAUSES.get(attempt));
    }

    /** Only within the same origin: a login must not travel, and neither must our requests. */
    private static URI redirect(Session session, URI from, HttpResponse<?> response) throws RegistryException {
        String location = response.headers().firstValue("Location").orElse("");
        try {
            URI target = from.resolve(location);
            if (!location.isEmpty() && session.endpoint().origin().isOf(target)) {
                return target;
            }
        } catch (IllegalArgumentException notAUrl) {
            // told below
        }
        throw new RegistryException(
                ScanFailure.UNREADABLE_ANSWER,
                session.endpoint().authority() + " redirects to '" + location
                        + "', which is not followed: a login stays with the host that it was made for; if the registry"
                        + " has moved, write its new address into the image");
    }

    private static RegistryException refused(Session session, int status, InputStream body) {
        String what = status == 403
                ? "DENIED: access denied: "
                : session.login() instanceof Login.Anonymous
                        ? "UNAUTHORIZED: authentication required: "
                        : "UNAUTHORIZED: ";
        return new RegistryException(
                ScanFailure.AUTHENTICATION_FAILED,
                what + session.endpoint().authority()
                        + " refuses access to " + session.endpoint().repository() + " (HTTP " + status + ")"
                        + ErrorBody.read(body) + "; " + session.login().explain());
    }

    private static RegistryException proxyRefused(Session session) {
        return RegistryException.refusedByProxy(session.endpoint().authority() + " cannot be reached"
                + session.transport().way()
                + ": the proxy asks for a login (HTTP 407): set the right username and password in its Secret");
    }

    private RegistryException overloaded(Session session, HttpResponse<?> response, InputStream body) {
        Duration retryAfter = Headers.retryAfter(response.headers(), clock.instant());
        return new RegistryException(
                ScanFailure.RATE_LIMITED,
                "TOOMANYREQUESTS: rate limited: " + session.endpoint().authority() + " is asked too often about "
                        + session.endpoint().repository() + " (HTTP 429)" + ErrorBody.read(body),
                retryAfter);
    }

    private static RegistryException unreachable(Session session, String why) {
        return new RegistryException(
                ScanFailure.UNREACHABLE,
                session.endpoint().authority() + " cannot be reached"
                        + session.transport().way() + ": " + why);
    }
}
