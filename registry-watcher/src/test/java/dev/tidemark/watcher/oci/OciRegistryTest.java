package dev.tidemark.watcher.oci;

import static dev.tidemark.watcher.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Registry.Listing;
import dev.tidemark.watcher.domain.Urgency;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Protocol corner cases against a registry that does what the test says: pages, logins, mirrors. */
class OciRegistryTest extends OciRegistryFixture {

    @Test
    void walksThroughThePagesThatTheLinksName() {
        server.on(LIST, exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            if (query.equals("n=1000")) {
                exchange.getResponseHeaders().set("Link", "</v2/o/a/tags/list?last=b%2Fc&n=2>; rel=\"next\"");
                answer(exchange, 200, "{\"name\":\"o/a\",\"tags\":[\"a\",\"b\"]}");
            } else {
                assertThat(query).isEqualTo("last=b%2Fc&n=2");
                answer(exchange, 200, "{\"tags\":[\"c\"],\"child\":[{\"x\":1}]}");
            }
        });
        assertThat(list(AccessProfile.ANONYMOUS)).isInstanceOf(Listing.Complete.class);
        assertThat(tags).containsExactly("a", "b", "--", "c");
    }

    @Test
    void refusesALinkToAnotherHost() {
        server.on(LIST, exchange -> {
            exchange.getResponseHeaders().set("Link", "<http://evil.example/v2/o/a/tags/list?last=a>; rel=\"next\"");
            answer(exchange, 200, "{\"tags\":[\"a\"]}");
        });
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.UNREADABLE_ANSWER, "evil.example", "not followed");
    }

    @Test
    void endsWhenLinksGoRoundInACircle() {
        server.on(LIST, exchange -> {
            exchange.getResponseHeaders().set("Link", "<" + LIST + "?last=a>; rel=next");
            answer(
                    exchange,
                    200,
                    "{\"tags\":[\"" + exchange.getRequestURI().getQuery().length() + "\"]}");
        });
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.UNREADABLE_ANSWER, "circle");
    }

    @Test
    void takesNullForNoTags() {
        server.on(LIST, exchange -> answer(exchange, 200, "{\"name\":\"o/a\",\"tags\":null}"));
        assertThat(list(AccessProfile.ANONYMOUS)).isInstanceOf(Listing.Complete.class);
        assertThat(tags).isEmpty();
    }

    @Test
    void asksForSmallerPagesWhereLargeOnesAreRefused() {
        server.on(LIST, exchange -> {
            boolean large = "n=1000".equals(exchange.getRequestURI().getQuery());
            answer(exchange, large ? 405 : 200, large ? "{}" : "{\"tags\":[\"a\"]}");
        });
        assertThat(list(AccessProfile.ANONYMOUS)).isInstanceOf(Listing.Complete.class);
        assertThat(tags).containsExactly("a");
    }

    @Test
    void fetchesAnAnonymousToken() {
        server.on("/token", exchange -> {
            assertThat(exchange.getRequestURI().getQuery()).isEqualTo("service=reg&scope=repository:o/a:pull");
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isNull();
            answer(exchange, 200, "{\"token\":\"t1\",\"expires_in\":300}");
        });
        server.on(LIST, exchange -> challenged(exchange, "Bearer t1"));
        assertThat(list(AccessProfile.ANONYMOUS)).isInstanceOf(Listing.Complete.class);
        assertThat(list(AccessProfile.ANONYMOUS)).isInstanceOf(Listing.Complete.class);
        assertThat(server.requests().stream().filter(r -> r.contains("/token"))).hasSize(1);
    }

    @Test
    void fetchesATokenWithTheSecretsPassword() {
        secret("http://" + server.authority() + "/v2/", "bot", "pass:word");
        server.on("/token", exchange -> {
            String expected = Base64.getEncoder().encodeToString("bot:pass:word".getBytes(StandardCharsets.UTF_8));
            boolean good =
                    ("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, good ? 200 : 401, "{\"access_token\":\"t2\"}");
        });
        server.on(LIST, exchange -> challenged(exchange, "Bearer t2"));
        assertThat(list(WITH_SECRET)).isInstanceOf(Listing.Complete.class);
    }

    @Test
    void aFaultOnTheWayTellsNoPassword() {
        secret(server.authority(), "robot", "hush-1234");
        server.on(LIST, exchange -> answer(exchange, 200, "{\"tags\": [\"1\"]}"));
        assertThatThrownBy(() -> registry.list(
                        place(server.authority() + "/o/a", WITH_SECRET), Urgency.ROUTINE, new Registry.TagSink() {
                            @Override
                            public boolean tag(String tag) {
                                throw new IllegalStateException(
                                        "outer", new IllegalStateException("sent hush-1234 for " + tag));
                            }

                            @Override
                            public void pageEnd() {}
                        }))
                .satisfies(fault -> {
                    var log = new StringWriter();
                    fault.printStackTrace(new PrintWriter(log, true));
                    assertThat(log.toString()).contains("sent *** for 1").doesNotContain("hush");
                });
    }

    @Test
    void answersABasicChallenge() {
        secret(server.authority(), "bot", "pw");
        String expected = "Basic " + Base64.getEncoder().encodeToString("bot:pw".getBytes(StandardCharsets.UTF_8));
        server.on(LIST, exchange -> {
            boolean good = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r, s\"");
            answer(exchange, good ? 200 : 401, good ? "{\"tags\":[\"a\"]}" : "{}");
        });
        assertThat(list(WITH_SECRET)).isInstanceOf(Listing.Complete.class);
    }

    @Test
    void namesTheSecretWhoseCredentialsAreRefused() {
        secret(server.authority(), "bot", "old");
        server.on("/token", exchange -> answer(exchange, 401, "{}"));
        server.on(LIST, exchange -> challenged(exchange, "never"));
        failsWith(
                list(WITH_SECRET),
                ScanFailure.AUTHENTICATION_FAILED,
                "UNAUTHORIZED",
                "Secret 'apps/creds'",
                "wrong or expired");
    }

    /** It may have been renewed since it was read. */
    @Test
    void aSecretThatARegistryRefusesIsReadAnew() {
        secret(server.authority(), "bot", "old");
        server.on(LIST, exchange -> answer(exchange, 200, "{\"tags\":[]}"));
        list(WITH_SECRET);
        server.on(LIST, exchange -> answer(exchange, 404, "{}"));
        list(WITH_SECRET);
        assertThat(declared.refused()).isEmpty();

        server.on(LIST, exchange -> answer(exchange, 403, "{}"));
        list(WITH_SECRET);
        assertThat(declared.refused()).containsExactly("apps/creds");
        server.on("/token", exchange -> answer(exchange, 401, "{}"));
        server.on(LIST, exchange -> challenged(exchange, "never"));
        list(WITH_SECRET);
        assertThat(declared.refused()).containsExactly("apps/creds", "apps/creds");
        list(AccessProfile.ANONYMOUS);
        assertThat(declared.refused()).hasSize(2);
    }

    @Test
    void saysThatASecretIsMissing() {
        failsWith(list(WITH_SECRET), ScanFailure.CONFIGURATION, "Secret 'apps/creds' not found");
    }

    @Test
    void doesNotSendCredentialsToATokenServiceOnAnotherInternalHost() {
        secret(server.authority(), "bot", "pw");
        server.on(LIST, exchange -> {
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", "Bearer realm=\"http://169.254.169.254/token\",service=\"x\"");
            answer(exchange, 401, "{}");
        });
        failsWith(list(WITH_SECRET), ScanFailure.UNREADABLE_ANSWER, "169.254.169.254", "not asked");
    }

    @Test
    void aMirrorIsAskedInPlaceOfTheRegistryWithoutItsCredentials() {
        secret("ghcr.io", "bot", "pw");
        server.on(LIST, exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isNull();
            answer(exchange, 200, "{\"tags\":[\"a\"]}");
        });
        try (OciRegistry mirrored = registry(Map.of("ghcr.io", server.base()))) {
            assertThat(list(mirrored, "ghcr.io/o/a", WITH_SECRET)).isInstanceOf(Listing.Complete.class);
        }
    }
}
