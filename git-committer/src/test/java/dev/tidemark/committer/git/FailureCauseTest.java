package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that refuse, redirect and lie: the message has the true cause and never the secret, which never leaves. */
class FailureCauseTest {

    private static final String MAIN = "refs/heads/main";
    private static final String SECRET = "hunter2-hunter2";
    private static final Access BASIC = new Access(new Access.Login.Basic("bot", SECRET));
    private static final Access BEARER = new Access(new Access.Login.Bearer(SECRET));
    private static final Access ANONYMOUS = new Access(new Access.Login.Anonymous());

    private final List<HttpServer> servers = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    /** @param seen gets every Authorization header */
    private HttpServer server(List<String> seen, int status, Map<String, String> headers, String body)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getRequestBody().readAllBytes();
            headers.forEach(exchange.getResponseHeaders()::add);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/org/fleet.git";
    }

    private static Source source(String url, Access access) {
        return new Source(
                new ResourceId("GitRepository", "apps", "fleet"), GitUrls.of(url), access, Duration.ofSeconds(2));
    }

    private String fetch(String url, Access access) {
        try (BareClone clone = BareClone.below(folder, TestTransports.make())) {
            return switch (clone.fetch(source(url, access), Set.of(new Checkout.Ref(MAIN)))) {
                case FetchOutcome.Failed failed -> failed.message();
                case FetchOutcome.Fetched fetched -> throw new AssertionError(fetched);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({"basic", "bearer"})
    void credentialsStayWithTheirOriginAndTheMessageHasTheNewUrl(String login) throws Exception {
        List<String> there = new CopyOnWriteArrayList<>();
        List<String> here = new CopyOnWriteArrayList<>();
        HttpServer elsewhere = server(there, 404, Map.of(), "");
        String target =
                url(elsewhere).replace("http://", "http://me:" + SECRET + "@") + "/info/refs?service=git-upload-pack";
        HttpServer origin = server(here, 302, Map.of("Location", target), "");

        String message = fetch(url(origin), login.equals("basic") ? BASIC : BEARER);

        assertThat(here).isNotEmpty();
        assertThat(there).as("requests to the other port").isEmpty();
        assertThat(message)
                .contains("the remote redirects to http://***@127.0.0.1:"
                        + elsewhere.getAddress().getPort() + "/org/fleet.git,")
                .contains("spec.url of GitRepository/apps/fleet")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | anonymous | authentication required: name a Secret
            401 | basic     | authentication failed: the remote does not take this user name and password
            401 | bearer    | authentication failed: the remote does not take this bearerToken
            403 | basic     | authorization failed
            404 | anonymous | repository not found, or no access to it
            404 | basic     | repository not found, or no access to it
            429 | basic     | rate limited (429)
            500 | basic     | the remote answers 500
            503 | anonymous | the remote answers 503
            418 | anonymous | the remote refuses with 418
            """)
    void aStatusIsWhatItSays(int status, String login, String cause) throws Exception {
        HttpServer server = server(
                new ArrayList<>(),
                status,
                status == 401 ? Map.of("WWW-Authenticate", "Basic realm=\"x\"") : Map.of(),
                "");
        Access access = login.equals("anonymous") ? ANONYMOUS : login.equals("basic") ? BASIC : BEARER;

        assertThat(fetch(url(server), access))
                .startsWith("unable to clone '" + url(server) + "': " + cause)
                .doesNotContain(SECRET, "CredentialsProvider", "Exception", "java.");
    }

    /** Then the Secret is read anew; whatever else is wrong, other credentials do not help. */
    @ParameterizedTest
    @CsvSource({"401, true", "403, true", "404, false", "429, false", "500, false"})
    void onlyCredentialsThatAreRefusedAreDenied(int status, boolean denied) throws Exception {
        HttpServer server = server(new ArrayList<>(), status, Map.of(), "");
        Source source = source(url(server), BEARER);
        try (BareClone clone = BareClone.below(folder, TestTransports.make())) {
            assertThat(clone.fetch(source, Set.of(new Checkout.Ref(MAIN))))
                    .isInstanceOfSatisfying(FetchOutcome.Failed.class, failed -> assertThat(failed.denied())
                            .isEqualTo(denied));
        }
    }

    @Test
    void aReadOnlyTokenIsToldToWhoeverPushes() throws Exception {
        HttpServer server = server(new ArrayList<>(), 403, Map.of(), "");
        try (BareClone clone = BareClone.below(folder, TestTransports.make())) {
            PushOutcome pushed = clone.push(
                    source(url(server), BEARER), MAIN, "0123456789012345678901234567890123456789", null, Map.of());

            assertThat(pushed)
                    .isInstanceOfSatisfying(PushOutcome.Refused.class, refused -> assertThat(refused.message())
                            .startsWith("authorization failed")
                            .endsWith("write access"));
            assertThat(pushed).extracting("denied").isEqualTo(true);
        }
    }

    @Test
    void whatAServerRepeatsIsMasked() throws Exception {
        String pair = Base64.getEncoder().encodeToString(("bot:" + SECRET).getBytes(StandardCharsets.UTF_8));
        String text = "ERR you sent " + SECRET + " and " + pair + "\u001b[31m";
        String packet = "001e# service=git-upload-pack\n0000" + "%04x".formatted(text.length() + 4) + text;
        HttpServer server = server(
                new ArrayList<>(), 200, Map.of("Content-Type", "application/x-git-upload-pack-advertisement"), packet);

        assertThat(fetch(url(server), BASIC)).contains("you sent *** and ***").doesNotContain(SECRET, pair, "\u001b");
    }

    @Test
    void aWebPageIsNoRepository() throws Exception {
        HttpServer server =
                server(new ArrayList<>(), 200, Map.of("Content-Type", "text/html; charset=utf-8"), "<html>login");

        assertThat(fetch(url(server), BASIC)).contains("no Git repository: the answer is a web page");
    }

    @Test
    void theNetworkSaysWhatItIs() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
            assertThat(fetch("http://127.0.0.1:" + free + "/x", BASIC))
                    .contains("timeout: 127.0.0.1 did not answer within 2s");
        }
        assertThat(fetch("http://127.0.0.1:" + free + "/x", BASIC))
                .contains("connection refused: nothing listens at 127.0.0.1:" + free);
        assertThat(fetch("http://no-such-host.invalid/x", BASIC))
                .contains("unknown host: DNS has no address of no-such-host.invalid");
    }

    @Test
    void aCertificateIsToldByWhatIsWrongWithIt() {
        Source source = source("https://git.example:8443/org/fleet.git", BASIC);
        FailureCause cause = new FailureCause(source, new OriginConnections(source, new OutgoingConnections()));

        assertThat(cause.of(tls("PKIX path building failed: unable to find valid certification path"), false))
                .startsWith("untrusted certificate: no trusted authority signed the one of git.example:8443")
                .contains("ca.crt of the Secret that GitRepository/apps/fleet names");
        assertThat(cause.of(tls("No subject alternative DNS name matching git.example found."), false))
                .isEqualTo("untrusted certificate: the one of git.example:8443 is for another host");
        assertThat(cause.of(
                        new IOException("cannot open", new SSLException("Unsupported or unrecognized SSL message")),
                        true))
                .startsWith("TLS failed: ");
        assertThat(cause.of(new IOException("Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 407\""), false))
                .startsWith("the proxy lets no connection to git.example through");
    }

    private static IOException tls(String said) {
        SSLHandshakeException failed = new SSLHandshakeException(said);
        failed.initCause(new CertificateException(said));
        return new IOException("Secure connection could not be established because of SSL problems", failed);
    }

    @Test
    void certificatesThatAreNoneAreNamed() throws Exception {
        HttpServer plain = server(new ArrayList<>(), 200, Map.of(), "");

        assertThat(fetch(
                        url(plain).replace("http:", "https:"),
                        new Access(
                                BASIC.login(),
                                new Access.Tls(
                                        new SecretContent(null, null, Map.of("ca.crt", "no certificate")), "apps/key"),
                                null)))
                .contains("certificate Secret 'apps/key'", "'ca.crt' holds no certificate in PEM");
    }
}
