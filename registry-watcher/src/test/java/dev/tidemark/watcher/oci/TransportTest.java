package dev.tidemark.watcher.oci;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.PemKey;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.testkit.RecordingProxy;
import dev.tidemark.testkit.TestKeys;
import dev.tidemark.watcher.ScriptedRegistry;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Registry.Resolution;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.Ceiling;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Own certificates and proxies, against a real TLS server and a proxy (flux-git-based 9.3). */
class TransportTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final Resolution FOUND = new Resolution.Found(DIGEST);

    private static TestKeys server;
    private static TestKeys client;
    private static TestKeys rsaClient;
    private static HttpsServer https;
    private static HttpsServer mutual;
    private static final List<String> headers = new CopyOnWriteArrayList<>();

    private final TestResources declared = new TestResources();
    private final OciRegistry registry = new OciRegistry(
            declared.cache(),
            declared,
            Map.of(),
            new OciRegistry.Limits(new Ceiling(64, 1000), Map.of()),
            new ThreadScheduler(Clock.systemUTC()),
            pause -> {});

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = TestKeys.elliptic(folder, "server");
        client = TestKeys.elliptic(folder, "client");
        rsaClient = TestKeys.rsa(folder, "rsa-client");
        https = serve(server.serverContext(client), false);
        mutual = serve(server.serverContext(client), true);
    }

    @AfterAll
    static void stop() {
        https.stop(0);
        mutual.stop(0);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static HttpsServer serve(SSLContext context, boolean askForClients) throws Exception {
        HttpsServer made = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        made.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters settings = getSSLContext().getDefaultSSLParameters();
                settings.setNeedClientAuth(askForClients);
                parameters.setSSLParameters(settings);
            }
        });
        made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        made.createContext("/v2/o/a/manifests/1.0", exchange -> {
            headers.addAll(exchange.getRequestHeaders().keySet());
            exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        made.start();
        return made;
    }

    private void secret(String name, Map<String, String> content) {
        Metadata metadata = new Metadata("apps", name, Map.of(), Map.of(), "uid", 1, "1");
        Resource<SecretContent> secret =
                new Resource<>(Kinds.SECRET, metadata, new SecretContent("Opaque", null, content));
        declared.declare(secret);
    }

    private Resolution resolve(HttpsServer at, boolean certificates, boolean onlyOwn, boolean proxy) {
        return resolve("127.0.0.1:" + at.getAddress().getPort(), certificates, onlyOwn, proxy);
    }

    private Resolution resolve(String authority, boolean certificates, boolean onlyOwn, boolean proxy) {
        AccessProfile access = new AccessProfile(
                "apps", null, null, certificates ? "certs" : null, onlyOwn, proxy ? "proxy" : null, null, false);
        Feed feed = new Feed(new ImageName(authority + "/o/a"), access.text());
        return registry.resolve(new Registry.Place(feed, access, Duration.ofSeconds(20)), Urgency.AWAITED, "1.0");
    }

    private static String problem(Resolution look) {
        assertThat(look).isInstanceOf(Registry.Failed.class);
        return ((Registry.Failed) look).message();
    }

    private static String configurationProblem(Resolution look) {
        assertThat(look).isInstanceOfSatisfying(Registry.Failed.class, failed -> assertThat(failed.reason())
                .isEqualTo(ScanFailure.CONFIGURATION));
        return problem(look);
    }

    @Test
    void anOwnCaIsBelieved() throws Exception {
        secret("certs", Map.of("ca.crt", server.certificatePem()));
        assertThat(resolve(https, true, false, false)).isEqualTo(FOUND);
        assertThat(resolve(https, true, true, false)).isEqualTo(FOUND);
    }

    /** A loopback host may speak TLS too; then what is wrong with its certificate is said (faults W6). */
    @Test
    void aLoopbackHostIsTriedByTlsFirst() {
        assertThat(problem(resolve(https, false, false, false)))
                .contains("cannot be reached: untrusted certificate", "certSecretRef");
    }

    @Test
    void legacyKeysAreRead() throws Exception {
        secret(
                "certs",
                Map.of(
                        "caFile", server.certificatePem(),
                        "certFile", client.certificatePem(),
                        "keyFile", client.keyPem()));
        assertThat(resolve(mutual, true, false, false)).isEqualTo(FOUND);
    }

    @Test
    void anotherCaIsNotBelievedAndWhatHelpsIsSaid() throws Exception {
        secret("certs", Map.of("ca.crt", client.certificatePem()));
        assertThat(problem(resolve(https, true, false, false)))
                .contains("cannot be reached: untrusted certificate: it is signed by nobody who is trusted", "ca.crt");
    }

    @Test
    void aRenewedSecretTakesEffectAtOnce() throws Exception {
        secret("certs", Map.of("ca.crt", client.certificatePem()));
        assertThat(resolve(https, true, false, false)).isInstanceOf(Registry.Failed.class);
        secret("certs", Map.of("ca.crt", client.certificatePem() + server.certificatePem()));
        assertThat(resolve(https, true, false, false)).isEqualTo(FOUND);
    }

    @Test
    void aClientShowsItsCertificate() throws Exception {
        secret("certs", Map.of("ca.crt", server.certificatePem()));
        assertThat(resolve(mutual, true, false, false)).isInstanceOf(Registry.Failed.class);
        for (String key : List.of(client.keyPem(), client.sec1Pem())) {
            secret(
                    "certs",
                    Map.of("ca.crt", server.certificatePem(), "tls.crt", client.certificatePem(), "tls.key", key));
            assertThat(resolve(mutual, true, false, false)).isEqualTo(FOUND);
        }
    }

    @Test
    void keysOfAllFormsAreRead() throws Exception {
        assertThat(PemKey.read(rsaClient.pkcs1Pem().getBytes(US_ASCII))).isEqualTo(rsaClient.key());
        assertThat(PemKey.read(rsaClient.keyPem().getBytes(US_ASCII))).isEqualTo(rsaClient.key());
        assertThat(PemKey.read(client.sec1Pem().getBytes(US_ASCII)).getEncoded())
                .isNotEmpty();
    }

    @Test
    void anUnusableCertificateSecretSaysWhatHelps() throws Exception {
        assertThat(configurationProblem(resolve(https, true, false, false)))
                .isEqualTo("Secret 'apps/certs' not found: create it");
        secret("certs", Map.of("other", "x"));
        assertThat(configurationProblem(resolve(https, true, false, false))).contains("apps/certs", "set ca.crt");
        secret("certs", Map.of("ca.crt", "nonsense"));
        assertThat(configurationProblem(resolve(https, true, false, false))).contains("'ca.crt' holds no certificate");
        secret("certs", Map.of("tls.crt", client.certificatePem()));
        assertThat(configurationProblem(resolve(https, true, false, false))).contains("set both or none");
        secret("certs", Map.of("tls.crt", client.certificatePem(), "tls.key", server.keyPem()));
        assertThat(configurationProblem(resolve(https, true, false, false))).contains("does not belong");
        secret("certs", Map.of("tls.crt", client.certificatePem(), "tls.key", rsaClient.keyPem()));
        assertThat(configurationProblem(resolve(https, true, false, false))).contains("does not belong");
        secret("certs", Map.of("tls.crt", client.certificatePem(), "tls.key", "nonsense"));
        assertThat(configurationProblem(resolve(https, true, false, false))).contains("holds no private key");
        String encrypted = TestKeys.pem("ENCRYPTED PRIVATE KEY", new byte[] {1});
        secret("certs", Map.of("tls.crt", client.certificatePem(), "tls.key", encrypted));
        assertThat(configurationProblem(resolve(https, true, false, false))).contains("without a password");
    }

    @Test
    void aProxyTunnelsTlsForWhoHasItsPasswordAndTheRegistryDoesNotSeeIt() throws Exception {
        // Basic robot:right
        try (RecordingProxy proxy = new RecordingProxy("Basic cm9ib3Q6cmlnaHQ=")) {
            secret("certs", Map.of("ca.crt", server.certificatePem()));
            secret("proxy", Map.of("address", proxy.address(), "username", "robot", "password", "right"));
            assertThat(resolve(https, true, false, true)).isEqualTo(FOUND);
            assertThat(proxy.heads())
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT 127.0.0.1:" + https.getAddress().getPort());
            assertThat(headers).contains("User-agent").doesNotContain("Proxy-authorization");

            secret("proxy", Map.of("address", proxy.address(), "username", "robot", "password", "wrong"));
            assertThat(configurationProblem(resolve(https, true, false, true)))
                    .contains("apps/proxy", "the proxy asks for a login (HTTP 407)")
                    .doesNotContain("wrong");
        }
    }

    @Test
    void aProxyPassesPlainRequestsOn() throws Exception {
        try (RecordingProxy proxy = new RecordingProxy("Basic cm9ib3Q6cmlnaHQ=");
                ScriptedRegistry plain = new ScriptedRegistry()) {
            plain.serve("o/a").put("1.0", DIGEST);
            secret("proxy", Map.of("address", proxy.address(), "username", "robot", "password", "right"));
            assertThat(resolve(plain.authority(), false, false, true)).isEqualTo(FOUND);
            // TLS is tried first.
            assertThat(proxy.heads())
                    .last()
                    .asString()
                    .startsWith("HEAD http://" + plain.authority() + "/v2/o/a/manifests/1.0");
            assertThat(declared.refused()).isEmpty();
            secret("proxy", Map.of("address", proxy.address()));
            assertThat(configurationProblem(resolve(plain.authority(), false, false, true)))
                    .contains("HTTP 407");
            assertThat(declared.refused()).contains("apps/proxy");
        }
    }

    @Test
    void aProxyThatIsAwayIsNamed() throws Exception {
        String address;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + taken.getLocalPort();
        }
        secret("proxy", Map.of("address", "http://" + address));
        assertThat(problem(resolve("127.0.0.1:1", false, false, true)))
                .contains("cannot be reached through the proxy " + address + " of Secret 'apps/proxy'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            address=               | no key 'address'
            other=x                | no key 'address'
            address=proxy:3128     | no URL of a proxy
            address=ftp://proxy    | no URL of a proxy
            address=http://        | no URL of a proxy
            address=socks5://p:1   | scheme 'socks5' are not served by this version: use http://
            address=https://p:1    | scheme 'https' are not served by this version: use http://
            address=http://p:1,password=x | no 'username'
            """)
    void anUnusableProxySecretSaysWhatHelps(String content, String problem) {
        Map<String, String> entries = new HashMap<>();
        for (String entry : content.split(",", -1)) {
            entries.put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
        }
        secret("proxy", entries);
        assertThat(configurationProblem(resolve("127.0.0.1:1", false, false, true)))
                .contains("proxy Secret 'apps/proxy'", problem);
    }
}
