package dev.tidemark.watcher.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.watcher.domain.IdTokens;
import dev.tidemark.watcher.http.OutgoingHttp;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The RSA keys of a JSON Web Key Set (RFC 7517), fetched when needed and cached. */
final class PublishedKeys implements SigningKeys {

    /** A key that the issuer withdraws is trusted no longer than this. */
    private static final Duration FRESH = Duration.ofHours(1);

    /** An unknown key id makes us fetch again, this often at most: anybody can invent key ids. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The sender waits meanwhile. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Google's set has 2 KiB. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI uri;
    private final Clock clock;

    /** Made when keys are asked for: it reads all certificates that this machine trusts, and most never ask. */
    private @Nullable HttpClient http;

    private Map<String, PublicKey> keys = Map.of();
    private Instant fetched = Instant.MIN;

    PublishedKeys(URI uri, Clock clock) {
        this.uri = uri;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<PublicKey> find(String keyId) {
        Instant now = clock.instant();
        Duration patience = keys.containsKey(keyId) ? FRESH : PATIENCE;
        if (!fetched.isAfter(now.minus(patience))) {
            keys = fetch();
            fetched = now;
        }
        return Optional.ofNullable(keys.get(keyId));
    }

    private Map<String, PublicKey> fetch() {
        if (http == null) {
            http = OutgoingHttp.client().connectTimeout(TIMEOUT).build();
        }
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        try {
            var bounded = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES);
            HttpResponse<byte[]> response =
                    http.sendAsync(request, bounded).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IdTokens.KeysUnavailableException(
                        "the keys at " + uri + " cannot be read: the answer has status " + response.statusCode(),
                        new IOException());
            }
            return read(JSON.readTree(response.body()).path("keys"));
        } catch (IOException
                | GeneralSecurityException
                | ExecutionException
                | TimeoutException
                | IllegalArgumentException fault) {
            throw new IdTokens.KeysUnavailableException(
                    "the keys at " + uri + " cannot be read: check that this host may reach it", fault);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IdTokens.KeysUnavailableException("stopped while reading the keys at " + uri, stopped);
        }
    }

    private static Map<String, PublicKey> read(JsonNode set) throws GeneralSecurityException {
        Map<String, PublicKey> keys = new HashMap<>();
        for (JsonNode key : set) {
            if (key.path("kty").asText().equals("RSA")) {
                RSAPublicKeySpec spec = new RSAPublicKeySpec(number(key.path("n")), number(key.path("e")));
                keys.put(key.path("kid").asText(), KeyFactory.getInstance("RSA").generatePublic(spec));
            }
        }
        return Map.copyOf(keys);
    }

    private static BigInteger number(JsonNode member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(member.asText()));
    }
}
