package dev.tidemark.committer.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.github.GitHubApp;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an app's installation, from what answers like GitHub's API, used against Git's own server program. */
class GitHubAppIT {

    private static final String MAIN = "refs/heads/main";
    private static final Instant NOW = Instant.parse("2026-11-27T20:00:00Z");

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private final List<String> claims = new ArrayList<>();
    private TestKeys keys;
    private HttpServer api;
    private String token = "ghs_first";

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    @BeforeEach
    void start() throws Exception {
        keys = TestKeys.rsa(folder, "app");
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request =
                    exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getPath();
            asked.add(request);
            claims.add(exchange.getRequestHeaders().getFirst("Authorization"));
            switch (request) {
                case "GET /api/v3/users/me/installation" -> send(exchange, 200, "{\"id\": 77}");
                case "POST /api/v3/app/installations/77/access_tokens" ->
                    send(
                            exchange,
                            201,
                            "{\"token\": \"" + token + "\", \"expires_at\": \"" + NOW.plus(Duration.ofHours(1))
                                    + "\"}");
                default -> send(exchange, 404, "{\"message\": \"Not Found\"}");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private GitHubApp app(@Nullable String installation, @Nullable String owner) throws Exception {
        URI base = URI.create("http://127.0.0.1:" + api.getAddress().getPort() + "/api/v3/");
        return new GitHubApp("12345", keys.pkcs1Pem(), installation, owner, base);
    }

    private static Source source(GitHttpServer server, GitHubApp app) {
        return new Source(
                new ResourceId("GitRepository", "apps", "fleet"),
                GitUrls.of(server.url("fleet.git").toString()),
                new Access(new Access.Login.App(app)),
                Duration.ofSeconds(30));
    }

    @Test
    void pushesWithTheTokenThatTheAppIsGivenAndAsksForItOnce() throws Exception {
        GitRemote remote = GitRemote.create(folder, "fleet");
        remote.commit("main", "begin", Map.of("apps/web.yaml", MarkedFile.TEXT));
        try (GitHttpServer server = GitHttpServer.start(folder, "x-access-token", "ghs_first");
                BareClone clone = BareClone.below(
                        folder.resolve("clones"), new Transports(new ThreadScheduler(clock), TestTransports.LARGE))) {
            Source source = source(server, app(null, "me"));
            assertThat(clone.fetch(source, Set.of(new Checkout.Ref(MAIN)))).isInstanceOf(FetchOutcome.Fetched.class);
            String main = clone.heads().getOrDefault(MAIN, "");

            assertThat(clone.push(source, MAIN, MarkedFile.edited(clone, main, "v2"), main, Map.of()))
                    .isInstanceOf(PushOutcome.Accepted.class);
        }

        assertThat(asked)
                .containsExactly(
                        "GET /api/v3/orgs/me/installation",
                        "GET /api/v3/users/me/installation",
                        "POST /api/v3/app/installations/77/access_tokens");
        assertThat(claims).allSatisfy(this::isSigned);
    }

    /** RS256 over what GitHub asks for. */
    private void isSigned(String authorization) throws Exception {
        String[] parts = authorization.replace("Bearer ", "").split("\\.", -1);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.certificate());
        signature.update((parts[0] + '.' + parts[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8))
                .isEqualTo("{\"iat\":%d,\"exp\":%d,\"iss\":\"12345\"}"
                        .formatted(NOW.getEpochSecond() - 30, NOW.getEpochSecond() + 90));
    }

    @Test
    void aTokenThatTheRemoteRefusesIsAskedForAgainAndNeverShown() throws Exception {
        GitRemote.create(folder, "fleet").commit("main", "begin", Map.of("apps/web.yaml", MarkedFile.TEXT));
        try (GitHttpServer server = GitHttpServer.start(folder, "x-access-token", "ghs_second");
                BareClone clone = BareClone.below(
                        folder.resolve("clones"), new Transports(new ThreadScheduler(clock), TestTransports.LARGE))) {
            Source source = source(server, app("77", null));

            assertThat(clone.fetch(source, Set.of(new Checkout.Ref(MAIN))))
                    .isInstanceOfSatisfying(FetchOutcome.Failed.class, failed -> assertThat(failed.message())
                            .contains("authentication failed", "app 12345")
                            .doesNotContain("ghs_first"));
            token = "ghs_second";
            assertThat(clone.fetch(source, Set.of(new Checkout.Ref(MAIN)))).isInstanceOf(FetchOutcome.Fetched.class);
        }
    }
}
