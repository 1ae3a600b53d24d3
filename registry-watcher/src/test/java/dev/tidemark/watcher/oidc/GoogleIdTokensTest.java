package dev.tidemark.watcher.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.watcher.domain.IdTokens;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleIdTokensTest {

    private static final String AUDIENCE = "https://flux.example.com/hook";
    private static final String EMAIL = "push@p.iam.gserviceaccount.com";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair GOOGLE = keyPair();
    private static final KeyPair SOMEBODY = keyPair();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<String> published = new AtomicReference<>(set("one", GOOGLE));
    private final AtomicInteger status = new AtomicInteger(200);

    private HttpServer server;
    private IdTokens tokens;

    @BeforeEach
    void publish() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/certs", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        tokens = GoogleIdTokens.withKeysAt(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/certs"), clock);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private boolean prove(String token) {
        return tokens.prove(token, AUDIENCE, EMAIL);
    }

    @Test
    void acceptsWhatGoogleSigned() {
        assertThat(prove(token("one", GOOGLE, claims -> {}))).isTrue();
        assertThat(prove(token("one", GOOGLE, claims -> claims.put("iss", "accounts.google.com"))))
                .isTrue();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void refusesAnotherSigner() {
        assertThat(prove(token("one", SOMEBODY, claims -> {}))).isFalse();
    }

    @Test
    void refusesClaimsThatDoNotFitWithoutFetchingKeys() {
        for (Consumer<ObjectNode> wrong : Arrays.<Consumer<ObjectNode>>asList(
                claims -> claims.put("aud", "https://other.example.com"),
                claims -> claims.remove("aud"),
                claims -> claims.put("iss", "https://accounts.example.com"),
                claims -> claims.put("email", "other@p.iam.gserviceaccount.com"),
                claims -> claims.put("email_verified", false),
                claims -> claims.remove("email_verified"),
                claims -> claims.remove("exp"),
                claims -> claims.put("exp", now.get().getEpochSecond() - 1),
                // no int64: Go refuses both
                claims -> claims.put("exp", now.get().getEpochSecond() + 3600.5),
                claims -> claims.put(
                        "exp",
                        BigInteger.ONE
                                .shiftLeft(Long.SIZE)
                                .add(BigInteger.valueOf(now.get().getEpochSecond() + 3600))))) {
            assertThat(prove(token("one", GOOGLE, wrong))).isFalse();
        }
        assertThat(fetches).hasValue(0);
    }

    @Test
    void refusesWhatIsNoSignedToken() {
        String good = token("one", GOOGLE, claims -> {});
        String body = good.substring(good.indexOf('.'));
        assertThat(prove("x.y.z")).isFalse();
        assertThat(prove("")).isFalse();
        assertThat(prove(good + ".more")).isFalse();
        assertThat(prove(good.substring(0, good.lastIndexOf('.') + 1))).isFalse();
        assertThat(prove(base64("{\"alg\":\"none\",\"kid\":\"one\"}") + body)).isFalse();
        assertThat(prove(base64("{\"alg\":\"HS256\",\"kid\":\"one\"}") + body)).isFalse();
        assertThat(prove("A".repeat(1_000_000) + body)).isFalse();
    }

    @Test
    void looksAgainForANewKeyButNotForEveryInventedOne() {
        assertThat(prove(token("one", GOOGLE, claims -> {}))).isTrue();
        published.set(set("two", SOMEBODY));
        assertThat(prove(token("two", SOMEBODY, claims -> {}))).isFalse();
        assertThat(fetches).hasValue(1);

        now.updateAndGet(t -> t.plus(Duration.ofMinutes(1)));
        assertThat(prove(token("two", SOMEBODY, claims -> {}))).isTrue();
        assertThat(prove(token("one", GOOGLE, claims -> {}))).isFalse();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void trustsAWithdrawnKeyForAnHourAtMost() {
        assertThat(prove(token("one", GOOGLE, claims -> {}))).isTrue();
        published.set("{\"keys\":[]}");
        now.updateAndGet(t -> t.plus(Duration.ofHours(1)));
        assertThat(prove(token("one", GOOGLE, claims -> {}))).isFalse();
    }

    @Test
    void saysNeitherYesNorNoWithoutKeys() {
        status.set(500);
        assertThatThrownBy(() -> prove(token("one", GOOGLE, claims -> {})))
                .isInstanceOf(IdTokens.KeysUnavailableException.class)
                .hasMessageContaining("status 500");
        status.set(200);
        published.set("not JSON");
        assertThatThrownBy(() -> prove(token("one", GOOGLE, claims -> {})))
                .isInstanceOf(IdTokens.KeysUnavailableException.class);
        published.set(set("one", GOOGLE));
        assertThat(prove(token("one", GOOGLE, claims -> {}))).isTrue();
    }

    private String token(String keyId, KeyPair signer, Consumer<ObjectNode> change) {
        ObjectNode claims = JSON.createObjectNode();
        claims.put("iss", "https://accounts.google.com").put("aud", AUDIENCE).put("sub", "1");
        claims.put("email", EMAIL).put("email_verified", true);
        claims.put("exp", now.get().getEpochSecond() + 3600);
        change.accept(claims);
        String content = base64("{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\",\"typ\":\"JWT\"}")
                + '.'
                + base64(claims.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String set(String keyId, KeyPair pair) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        ObjectNode set = JSON.createObjectNode();
        set.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("kid", keyId)
                .put("n", base64(key.getModulus()))
                .put("e", base64(key.getPublicExponent()));
        return set.toString();
    }

    private static String base64(BigInteger number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
