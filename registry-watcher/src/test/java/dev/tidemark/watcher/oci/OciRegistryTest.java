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
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.watcher.ScriptedRegistry;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Registry.Listing;
import dev.tidemark.watcher.domain.Registry.Look;
import dev.tidemark.watcher.domain.Urgency;
import java.io.IOException;
import java.io.OutputStream;
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
import org.junit.jupiter.api.Test;

/** Protocol corner cases against a registry that does what the test says. */
class OciRegistryTest {

    private static final String LIST = "/v2/o/a/tags/list";
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final AccessProfile WITH_SECRET =
            new AccessProfile("apps", "creds", null, null, false, null, null, false);

    private final ScriptedRegistry server = new ScriptedRegistry();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private ResourceSnapshot resources = ResourceSnapshot.EMPTY;
    private final OciRegistry registry = registry(Map.of());

    private OciRegistry registry(Map<String, URI> mirrors) {
        return new OciRegistry(
                () -> resources, mirrors, new OciRegistry.Budget(1000, 1000), Clock.systemUTC(), pauses::add);
    }

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    private Listing list(AccessProfile access) {
        return list(registry, server.authority() + "/o/a", access);
    }

    private Listing list(OciRegistry registry, String image, AccessProfile access) {
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

    private Look look(String tag) {
        return registry.look(place(server.authority() + "/o/a", AccessProfile.ANONYMOUS), Urgency.AWAITED, tag);
    }

    private static Registry.Place place(String image, AccessProfile access) {
        return new Registry.Place(new Feed(new ImageName(image), access.text()), access, Duration.ofSeconds(20));
    }

    private void secret(String key, String user, String password) {
        String auth = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        String config = "{\"auths\":{\"" + key + "\":{\"auth\":\"" + auth + "\"}}}";
        var secret = new Resource<>(
                Kinds.SECRET,
                new Metadata("apps", "creds", Map.of(), Map.of(), "u", 1, "1"),
                new SecretContent("kubernetes.io/dockerconfigjson", null, Map.of(".dockerconfigjson", config)));
        resources = new ResourceSnapshot(Map.of(secret.id(), secret), List.of());
    }

    private static void failsWith(Object outcome, ScanFailure reason, String... parts) {
        assertThat(outcome).isInstanceOfSatisfying(Registry.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.message()).contains(parts);
        });
    }

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

    @Test
    void refusesHtml() {
        server.on(LIST, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            answer(exchange, 200, "<html>log in</html>");
        });
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.UNREADABLE_ANSWER, "HTML instead of JSON");
    }

    @Test
    void refusesAListThatBreaksOff() {
        server.on(LIST, exchange -> answer(exchange, 200, "{\"tags\":[\"a\",\"b"));
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.UNREADABLE_ANSWER, "breaks off");
    }

    @Test
    void stopsReadingAnAnswerWithoutEnd() {
        server.on(LIST, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = ("\"" + "x".repeat(1021) + "\",").getBytes(StandardCharsets.US_ASCII);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write("{\"tags\":[".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 1024 * 1024; i++) {
                    body.write(chunk);
                }
            } catch (IOException hungUp) {
                // what this test is about
            }
        });
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.UNREADABLE_ANSWER, "longer than 64 MiB");
    }

    @Test
    void obeysRetryAfter() {
        server.on(LIST, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "37");
            answer(exchange, 429, "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down\"}]}");
        });
        Listing outcome = list(AccessProfile.ANONYMOUS);
        failsWith(outcome, ScanFailure.RATE_LIMITED, "TOOMANYREQUESTS", "slow down");
        assertThat(((Registry.Failed) outcome).retryAfter()).isEqualTo(Duration.ofSeconds(37));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void triesAgainWhatMayPassByItself() {
        server.on(LIST, exchange -> {
            boolean recovered = server.requests().size() > 2;
            answer(exchange, recovered ? 200 : 503, recovered ? "{\"tags\":[\"a\"]}" : "");
        });
        assertThat(list(AccessProfile.ANONYMOUS)).isInstanceOf(Listing.Complete.class);
        assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofSeconds(1));
    }

    @Test
    void anUnknownRepositoryIsAFailure() {
        server.on(LIST, exchange -> answer(exchange, 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}"));
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.NOT_FOUND, "NAME_UNKNOWN", "o/a");
    }

    @Test
    void looksAtATagByHead() {
        server.on("/v2/o/a/manifests/1.0", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Accept")).contains("image.index.v1+json");
            exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            exchange.sendResponseHeaders(200, -1);
        });
        assertThat(look("1.0")).isEqualTo(new Look.Found(DIGEST));
        assertThat(server.requests()).containsExactly("HEAD /v2/o/a/manifests/1.0");
    }

    @Test
    void hashesTheManifestOfARegistryThatNamesNoDigest() {
        server.on("/v2/o/a/manifests/1.0", exchange -> answer(exchange, 200, "{}"));
        assertThat(look("1.0"))
                .isEqualTo(new Look.Found("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
    }

    @Test
    void tellsAMissingTagFromMissingAccess() {
        assertThat(look("1.0")).isInstanceOf(Look.Gone.class);
        server.on(
                "/v2/o/a/manifests/2.0",
                exchange -> answer(exchange, 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}"));
        failsWith(look("2.0"), ScanFailure.NOT_FOUND, "NAME_UNKNOWN");
    }

    /** Case 10: the example of {@code tidemark up --help}. */
    @Test
    void aMirrorIsUsedHoweverItsRegistryIsSpelled() {
        server.on("/v2/library/redis/tags/list", exchange -> answer(exchange, 200, "{\"tags\":[\"7\"]}"));
        for (String spelling :
                List.of("docker.io", "index.docker.io", "registry-1.docker.io", "https://DOCKER.io:443/")) {
            try (OciRegistry mirrored = registry(Map.of(spelling, server.base()))) {
                assertThat(list(mirrored, "index.docker.io/library/redis", AccessProfile.ANONYMOUS))
                        .as(spelling)
                        .isInstanceOf(Listing.Complete.class);
            }
        }
    }

    /** What is no digest is as if absent: the manifest is fetched and hashed (faults P1). */
    @Test
    void aDigestThatIsNoneIsNotBelieved() {
        for (String digest : List.of(
                "sha256:" + "z".repeat(64),
                "sha256:" + "AB".repeat(32),
                "sha256:abc",
                "x",
                "sha512:" + "ab".repeat(32))) {
            server.on("/v2/o/a/manifests/1.0", exchange -> {
                exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
                answer(exchange, 200, "{}");
            });
            assertThat(look("1.0"))
                    .isEqualTo(
                            new Look.Found("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
        }
    }

    @Test
    void aTagThatIsNoneEndsNoWalk() {
        StringBuilder page = new StringBuilder("{\"tags\":[");
        page.append("\"x\",".repeat(998)).append("\"a b&c#é\u0000\",\"\uD83D\uDE00 %zz\"]}");
        server.on(LIST, exchange -> answer(exchange, 200, page.toString().replace("\u0000", "\\u0000")));
        assertThat(list(AccessProfile.ANONYMOUS)).isInstanceOf(Listing.Complete.class);
    }

    @Test
    void aWaitBeyondAllReasonIsCapped() {
        for (String wait : List.of("99999999999999999999999999", "2147483648", "86400")) {
            try (OciRegistry fresh = registry(Map.of())) {
                server.on(LIST, exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", wait);
                    answer(exchange, 429, "{}");
                });
                assertThat(list(fresh, server.authority() + "/o/a", AccessProfile.ANONYMOUS))
                        .isInstanceOfSatisfying(Registry.Failed.class, failed -> assertThat(failed.retryAfter())
                                .isEqualTo(Duration.ofMinutes(15)));
            }
        }
    }

    /** One repository's limit is not the host's (faults W6). */
    @Test
    void oneRepositoryThatIsRefusedDoesNotStopTheOthers() {
        server.on(LIST, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "600");
            answer(exchange, 429, "{}");
        });
        server.on("/v2/o/b/tags/list", exchange -> answer(exchange, 200, "{\"tags\":[\"1\"]}"));
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.RATE_LIMITED, "rate limited", "o/a");
        failsWith(list(AccessProfile.ANONYMOUS), ScanFailure.RATE_LIMITED, "has asked not to be asked about o/a");
        assertThat(list(registry, server.authority() + "/o/b", AccessProfile.ANONYMOUS))
                .isInstanceOf(Listing.Complete.class);
        assertThat(server.requests().stream().filter(r -> r.contains("/o/a/"))).hasSize(1);
    }

    @Test
    void whatIsNotThereIsNoMatterOfCredentials() {
        secret(server.authority(), "bot", "right");
        server.on(LIST, exchange -> answer(exchange, 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}"));
        assertThat(list(WITH_SECRET)).isInstanceOfSatisfying(Registry.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(ScanFailure.NOT_FOUND);
            assertThat(failed.message())
                    .contains("has no repository 'o/a' (HTTP 404)", "hides it from the user of Secret 'apps/creds'")
                    .doesNotContain("wrong", "expired");
        });
    }

    /** A login stays with scheme, host and port (faults S3). */
    @Test
    void aRedirectToAnotherPortIsNotFollowedAndItsUrlIsNamed() {
        secret(server.authority(), "bot", "hunter-2-secret");
        try (ScriptedRegistry other = new ScriptedRegistry()) {
            server.on(LIST, exchange -> {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
                boolean login = exchange.getRequestHeaders().containsKey("Authorization");
                exchange.getResponseHeaders().set("Location", other.base() + LIST);
                answer(exchange, login ? 307 : 401, "{}");
            });
            failsWith(list(WITH_SECRET), ScanFailure.UNREADABLE_ANSWER, "redirects to '" + other.base() + LIST + "'");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void aLoginDoesNotGoToAnotherHostByPlainHttp() {
        secret(server.authority(), "bot", "hunter-2-secret");
        for (String realm : List.of(
                "http://elsewhere.example/token",
                "http://LOCALHOST:1/token",
                "https://user:pw@" + server.authority() + "/token",
                "https://[fd00::1]/token",
                "https://100.100.100.200/token",
                "https://2130706433/token",
                "https://auth.example:99999/token",
                "ftp://auth.example/token",
                "//auth.example/token")) {
            server.on(LIST, exchange -> {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"" + realm + "\"");
                answer(exchange, 401, "{}");
            });
            failsWith(list(WITH_SECRET), ScanFailure.UNREADABLE_ANSWER, "token service that is not asked");
        }
    }

    /** A hostile registry says our own secrets back to us (faults S4). */
    @Test
    void noMessageHasASecretOrWhatATerminalObeys() {
        secret(server.authority(), "bot", "hunter-2-secret");
        String basic = Base64.getEncoder().encodeToString("bot:hunter-2-secret".getBytes(StandardCharsets.UTF_8));
        server.on("/token", exchange -> answer(exchange, 200, "{\"token\":\"a-token-of-ours\"}"));
        server.on(LIST, exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"" + server.base() + "/token\"");
            String echo = "hunter-2-secret " + basic + " a-token-of-ours \\u001b[31m \\u202e \\n https://u:pw@h/ ";
            boolean token = exchange.getRequestHeaders().get("Authorization") != null;
            answer(exchange, token ? 403 : 401, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + echo + "\"}]}");
        });
        assertThat(list(WITH_SECRET)).isInstanceOfSatisfying(Registry.Failed.class, failed -> {
            assertThat(failed.message()).contains("DENIED", "***", "https://***@h/");
            assertThat(failed.message()).doesNotContain("hunter-2-secret", basic, "a-token-of-ours", "u:pw");
            assertThat(failed.message()).doesNotContainPattern("\\p{C}");
        });
    }

    @Test
    void aTokenOfAnyLifetimeIsTaken() {
        for (String life : List.of("9223372036854775807", "-5", "1e300", "\"soon\"", "null")) {
            try (OciRegistry fresh = registry(Map.of())) {
                server.on(
                        "/token", exchange -> answer(exchange, 200, "{\"token\":\"t1\",\"expires_in\":" + life + "}"));
                server.on(LIST, exchange -> challenged(exchange, "Bearer t1"));
                Listing listing = list(fresh, server.authority() + "/o/a", AccessProfile.ANONYMOUS);
                assertThat(listing).as(life).isInstanceOfAny(Listing.Complete.class, Registry.Failed.class);
            }
        }
    }

    @Test
    void aHostThatCannotBeAskedIsNamed() {
        for (String host : List.of("a_b.example", "ghcr.io:99999", "a<b.example")) {
            failsWith(
                    list(registry, host + "/o/a", AccessProfile.ANONYMOUS),
                    ScanFailure.UNREACHABLE,
                    host,
                    "is no host that can be asked");
        }
    }

    private void challenged(HttpExchange exchange, String accepted) throws IOException {
        boolean good = accepted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.getResponseHeaders()
                .set("WWW-Authenticate", "Bearer realm=\"" + server.base() + "/token\", service=\"reg\"");
        answer(exchange, good ? 200 : 401, good ? "{\"tags\":[\"a\"]}" : "{}");
    }
}
