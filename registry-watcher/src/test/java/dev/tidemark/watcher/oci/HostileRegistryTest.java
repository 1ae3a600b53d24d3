package dev.tidemark.watcher.oci;

import static dev.tidemark.watcher.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.watcher.ScriptedRegistry;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Registry.Listing;
import dev.tidemark.watcher.domain.Registry.Resolution;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that a registry should not give: nothing of them is believed, and the cause is named. */
class HostileRegistryTest extends OciRegistryFixture {

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
        assertThat(resolve("1.0")).isEqualTo(new Resolution.Found(DIGEST));
        assertThat(server.requests()).containsExactly("HEAD /v2/o/a/manifests/1.0");
    }

    @Test
    void hashesTheManifestOfARegistryThatNamesNoDigest() {
        server.on("/v2/o/a/manifests/1.0", exchange -> answer(exchange, 200, "{}"));
        assertThat(resolve("1.0"))
                .isEqualTo(new Resolution.Found(
                        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
    }

    @Test
    void tellsAMissingTagFromMissingAccess() {
        assertThat(resolve("1.0")).isInstanceOf(Resolution.Gone.class);
        server.on(
                "/v2/o/a/manifests/2.0",
                exchange -> answer(exchange, 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}"));
        failsWith(resolve("2.0"), ScanFailure.NOT_FOUND, "NAME_UNKNOWN");
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
            assertThat(resolve("1.0"))
                    .isEqualTo(new Resolution.Found(
                            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
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
}
