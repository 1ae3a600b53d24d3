package dev.tidemark.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.tidemark.runtime.log.LogClients.Membership;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TokenPlacesTest {

    private static final String URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";

    @Test
    void whatTheSettingsNameIsAllowedBesideWhatWasAllowedBefore() {
        Properties system = new Properties();
        TokenPlaces.allow(Map.of("security.protocol", "SSL"), system);
        assertThat(system).isEmpty();

        system.setProperty(URLS, "https://other.example/token");
        TokenPlaces.allow(
                Map.of(
                        "sasl.oauthbearer.token.endpoint.url", "https://login.example/token",
                        "sasl.oauthbearer.assertion.private.key.file", "/etc/key.pem"),
                system);
        assertThat(system)
                .containsEntry(URLS, "https://login.example/token,https://other.example/token")
                .containsEntry(FILES, "/etc/key.pem");
        TokenPlaces.allow(Map.of("sasl.oauthbearer.token.endpoint.url", "file:///var/run/token"), system);
        assertThat(system.getProperty(URLS)).contains("file:///var/run/token");
        assertThat(system).containsEntry(FILES, "/etc/key.pem,/var/run/token");
    }

    /** A client logs in when it is made, before it looks for a broker. */
    @Test
    void aClientFetchesItsTokenWhereTheSettingsSayAndOnlyOnceItIsAllowed() throws Exception {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokens.createContext("/token", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = ("{\"access_token\": \"" + token() + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        tokens.start();
        try {
            Map<String, String> kafka = Map.of(
                    "bootstrap.servers",
                    "127.0.0.1:1",
                    "security.protocol",
                    "SASL_PLAINTEXT",
                    "sasl.mechanism",
                    "OAUTHBEARER",
                    "sasl.login.callback.handler.class",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                    "sasl.oauthbearer.token.endpoint.url",
                    "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token",
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                            + " clientId=\"watcher\" clientSecret=\"hush\";");
            var clients = new LogClients(new LogSettings(1, (short) 1, Duration.ofDays(1)), kafka, Membership.DEFAULT);
            assertThatExceptionOfType(KafkaException.class)
                    .isThrownBy(() -> clients.admin("early", Duration.ofSeconds(3)));
            assertThat(asked).isEmpty();

            TokenPlaces.allow(kafka, System.getProperties());
            clients.admin("allowed", Duration.ofSeconds(3)).close(Duration.ZERO);
            assertThat(asked)
                    .contains("Basic "
                            + Base64.getEncoder().encodeToString("watcher:hush".getBytes(StandardCharsets.UTF_8)));
        } finally {
            System.clearProperty(URLS);
            tokens.stop(0);
        }
    }

    private static String token() {
        long now = Instant.now().getEpochSecond();
        return part("{\"alg\": \"ES256\"}")
                + '.'
                + part("{\"sub\": \"watcher\", \"scope\": \"kafka\", \"iat\": %d, \"exp\": %d}"
                        .formatted(now, now + 3600))
                + '.'
                + part("signature");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
