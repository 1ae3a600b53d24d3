package dev.tidemark.watcher.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code Authorization} that registries accept, one per place and login; tokens are fetched when challenged
 * and kept for four fifths of their life (registries 2.3).
 */
final class Tokens {

    /** An answer with a token is a few hundred bytes; some carry a large JWT. */
    private static final int MAX_ANSWER = 64 * 1024;

    /** The protocol's default when the answer names no lifetime. */
    private static final int DEFAULT_SECONDS = 60;

    /** Nobody's token lives longer; some say numbers beyond all time. */
    private static final int MAX_SECONDS = 24 * 3600;

    private static final double USED_SHARE = 0.8;
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** More places than one replica watches; beyond it everything is asked for again. */
    private static final int MAX_KEPT = 10_000;

    private static final Pattern IP_LITERAL = Pattern.compile("[0-9a-fx.]*[0-9.]|\\[[0-9a-f:.%]+]");

    private static final int MAX_PORT = 65_535;
    private static final int IPV4_BYTES = 4;

    private final Clock clock;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    private record Key(Endpoint endpoint, Login login) {}

    private record Kept(String header, Instant until) {}

    Tokens(Clock clock) {
        this.clock = clock;
    }

    /** What to send without being asked, if it is known. */
    @Nullable
    String header(Endpoint endpoint, Login login) {
        Kept known = kept.get(new Key(endpoint, login));
        return known == null || !known.until().isAfter(clock.instant()) ? null : known.header();
    }

    /** Answers a challenge. */
    String answer(Transport transport, Endpoint endpoint, Login login, List<String> headers)
            throws RegistryException, InterruptedException {
        Key key = new Key(endpoint, login);
        kept.remove(key);
        for (Challenge challenge : Challenge.parse(headers)) {
            Kept fresh =
                    switch (challenge.scheme()) {
                        case "bearer" -> bearer(transport, endpoint, login, challenge);
                        case "basic" ->
                            login instanceof Login.Password password ? new Kept(password.basic(), Instant.MAX) : null;
                        default -> null;
                    };
            if (fresh != null) {
                if (kept.size() >= MAX_KEPT) {
                    kept.clear();
                }
                kept.put(key, fresh);
                return fresh.header();
            }
        }
        throw new RegistryException(
                ScanFailure.AUTHENTICATION_FAILED,
                "UNAUTHORIZED: authentication required: " + endpoint.authority() + " asks for a login (HTTP 401); "
                        + login.explain());
    }

    private Kept bearer(Transport transport, Endpoint endpoint, Login login, Challenge challenge)
            throws RegistryException, InterruptedException {
        URI realm = realm(endpoint, login, challenge.parameter("realm"));
        String scope = challenge.parameter("scope");
        // Some answer /v2/ without a scope, and Codeberg with "*".
        String wanted = scope.isEmpty() || scope.equals("*") ? "repository:" + endpoint.repository() + ":pull" : scope;
        String service = challenge.parameter("service");
        HttpRequest.Builder request =
                switch (login) {
                    case Login.IdentityToken(String token, String from) ->
                        HttpRequest.newBuilder(realm)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("grant_type=refresh_token&client_id=tidemark"
                                        + "&service=" + encode(service) + "&scope=" + encode(wanted)
                                        + "&refresh_token=" + encode(token)));
                    case Login.Password password ->
                        HttpRequest.newBuilder(query(realm, service, wanted)).header("Authorization", password.basic());
                    case Login.Anonymous anonymous -> HttpRequest.newBuilder(query(realm, service, wanted));
                };
        JsonNode answer = fetch(transport, request.timeout(TIMEOUT), endpoint, login);
        String token = answer.path("token").asText(answer.path("access_token").asText(""));
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new RegistryException(
                    ScanFailure.UNREADABLE_ANSWER, "the token service at " + realm.getHost() + " sent no token");
        }
        long told = Math.clamp(answer.path("expires_in").asLong(DEFAULT_SECONDS), 0, MAX_SECONDS);
        return new Kept("Bearer " + token, clock.instant().plusSeconds((long) (told * USED_SHARE)));
    }

    private JsonNode fetch(Transport transport, HttpRequest.Builder request, Endpoint endpoint, Login login)
            throws RegistryException, InterruptedException {
        try {
            HttpResponse<InputStream> response = transport.send(request);
            try (InputStream body = response.body()) {
                if (response.statusCode() == 429) {
                    throw new RegistryException(
                            ScanFailure.RATE_LIMITED,
                            "TOOMANYREQUESTS: rate limited: the token service of " + endpoint.authority()
                                    + " is busy (HTTP 429)",
                            Headers.retryAfter(response.headers(), clock.instant()));
                }
                if (response.statusCode() / 100 == 4) {
                    throw new RegistryException(
                            ScanFailure.AUTHENTICATION_FAILED,
                            "UNAUTHORIZED: " + endpoint.authority() + " gives no token (HTTP " + response.statusCode()
                                    + "); " + login.explain());
                }
                if (response.statusCode() != 200) {
                    throw new RegistryException(
                            ScanFailure.UNREACHABLE,
                            "the token service of " + endpoint.authority() + " answers HTTP " + response.statusCode());
                }
                return FluxJson.json().readTree(body.readNBytes(MAX_ANSWER));
            }
        } catch (JsonProcessingException e) {
            throw new RegistryException(
                    ScanFailure.UNREADABLE_ANSWER,
                    "the token service of " + endpoint.authority() + " does not answer with JSON");
        } catch (IOException e) {
            throw new RegistryException(
                    ScanFailure.UNREACHABLE,
                    "the token service of " + endpoint.authority() + " cannot be reached" + transport.way() + ": "
                            + Causes.of(e));
        }
    }

    /**
     * Where a token may be fetched: at a service that the registry names, over a safe way. A host of its own is usual
     * ({@code auth.docker.io}); then it needs TLS for whoever has a login, and must not be inside (registries 2.3).
     */
    private static URI realm(Endpoint endpoint, Login login, String text) throws RegistryException {
        URI realm;
        try {
            realm = URI.create(text);
        } catch (IllegalArgumentException notAUrl) {
            realm = URI.create("");
        }
        String host = realm.getHost();
        boolean sameHost = host != null && host.equalsIgnoreCase(endpoint.base().getHost());
        boolean plainAllowed =
                "http".equalsIgnoreCase(endpoint.base().getScheme()) && (sameHost || login instanceof Login.Anonymous);
        boolean safeScheme = "https".equalsIgnoreCase(realm.getScheme())
                || ("http".equalsIgnoreCase(realm.getScheme()) && plainAllowed);
        boolean clean = realm.getRawUserInfo() == null && realm.getRawFragment() == null && realm.getPort() <= MAX_PORT;
        if (host == null || !safeScheme || !clean || (!sameHost && isInternal(host))) {
            throw new RegistryException(
                    ScanFailure.UNREADABLE_ANSWER,
                    endpoint.authority() + " names a token service that is not asked: '" + text + "'");
        }
        return realm;
    }

    private static boolean isInternal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (!IP_LITERAL.matcher(name).matches()) {
            return name.equals("localhost") || name.endsWith(".localhost");
        }
        try {
            InetAddress address = InetAddress.getByName(name);
            return address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isAnyLocalAddress()
                    || isPrivate(address.getAddress());
        } catch (IOException notAnAddress) {
            return true;
        }
    }

    /** What {@link InetAddress} does not know: unique local addresses fc00::/7, and 100.64.0.0/10. */
    private static boolean isPrivate(byte[] address) {
        return address.length == IPV4_BYTES
                ? address[0] == 100 && (address[1] & 0xc0) == 64
                : (address[0] & 0xfe) == 0xfc;
    }

    private static URI query(URI realm, String service, String scope) {
        String separator = realm.getRawQuery() == null ? "?" : "&";
        String serviceParameter = service.isEmpty() ? "" : "service=" + encode(service) + "&";
        return URI.create(realm + separator + serviceParameter + "scope=" + encode(scope));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
