package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.ProxyAddress;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.RecordingProxy;
import dev.tidemark.testkit.SshKeygen;
import dev.tidemark.testkit.SshServer;
import dev.tidemark.testkit.TestKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remotes with certificates of their own, and behind proxies (flux-git-based 13). */
class GitTlsIT {

    private static final String MAIN = "refs/heads/main";

    @TempDir
    Path folder;

    private GitRemote remote;
    private TestKeys server;
    private TestKeys client;

    @BeforeEach
    void prepare() throws Exception {
        remote = GitRemote.create(folder, "fleet");
        remote.commit("main", "begin", Map.of("apps/web.yaml", MarkedFile.TEXT));
        server = TestKeys.elliptic(folder, "server");
        client = TestKeys.rsa(folder, "client");
    }

    private static Source source(
            URI url, Access.Login login, Map<String, String> certificates, @Nullable ProxyAddress proxy) {
        Access.Tls tls = certificates.isEmpty()
                ? null
                : new Access.Tls(new SecretContent("Opaque", null, certificates), "apps/key");
        return new Source(
                new ResourceId("GitRepository", "apps", "fleet"),
                GitUrls.of(url.toString()),
                new Access(login, tls, proxy),
                Duration.ofSeconds(30));
    }

    /** Fetches and pushes; returns what went wrong, or nothing. */
    private String exchanged(Source source) {
        try (BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            if (clone.fetch(source, Set.of(new Checkout.Ref(MAIN)))
                    instanceof FetchOutcome.Failed(String message, boolean unused)) {
                return message;
            }
            String main = clone.heads().getOrDefault(MAIN, "");
            PushOutcome pushed = clone.push(source, MAIN, MarkedFile.edited(clone, main, "v2"), main, Map.of());
            return pushed instanceof PushOutcome.Accepted ? "" : pushed.toString();
        }
    }

    @Test
    void showsItsCertificateAndTrustsTheAuthorityOfTheSecret() throws Exception {
        try (GitHttpServer https = GitHttpServer.startWithTls(folder, server.serverContext(client))) {
            Map<String, String> all = Map.of(
                    "ca.crt",
                    server.certificatePem(),
                    "tls.crt",
                    client.certificatePem(),
                    "tls.key",
                    client.pkcs1Pem());
            Access.Login nobody = new Access.Login.Anonymous();
            URI url = https.url("fleet.git");

            assertThat(exchanged(source(url, nobody, all, null))).isEmpty();
            assertThat(remote.read("main", "apps/web.yaml")).startsWith("tag: v2 ");

            assertThat(exchanged(source(url, nobody, Map.of(), null))).contains("untrusted certificate", "ca.crt");
            assertThat(exchanged(source(url, nobody, Map.of("ca.crt", server.certificatePem()), null)))
                    .contains("unable to clone");
            assertThat(exchanged(source(url, nobody, Map.of("tls.crt", client.certificatePem()), null)))
                    .contains("has only one of 'tls.crt' and 'tls.key'");
        }
    }

    @Test
    void goesThroughTheProxyOfTheGitRepository() throws Exception {
        SecretContent secret = new SecretContent(null, null, Map.of("username", "me", "password", "s3same"));
        String authorization = "Basic bWU6czNzYW1l";
        try (GitHttpServer http = GitHttpServer.start(folder);
                GitHttpServer https = GitHttpServer.startWithTls(folder, server.serverContext(client));
                SshServer ssh = SshServer.start(folder);
                RecordingProxy proxy = new RecordingProxy(authorization)) {
            ProxyAddress address = ProxyAddress.read(with(secret, "address", proxy.address()), "apps/proxy");
            Access.Login nobody = new Access.Login.Anonymous();

            assertThat(exchanged(source(http.url("fleet.git"), nobody, Map.of(), address)))
                    .isEmpty();
            assertThat(proxy.heads()).anySatisfy(head -> assertThat(head).startsWith("GET http://127.0.0.1"));

            Map<String, String> all = Map.of(
                    "ca.crt", server.certificatePem(), "tls.crt", client.certificatePem(), "tls.key", client.keyPem());
            remote.commit("main", "again", Map.of("apps/web.yaml", MarkedFile.TEXT));
            assertThat(exchanged(source(https.url("fleet.git"), nobody, all, address)))
                    .isEmpty();
            assertThat(proxy.heads()).anySatisfy(head -> assertThat(head)
                    .startsWith("CONNECT 127.0.0.1:" + https.url("").getPort()));

            SshKeygen.Key key = new SshKeygen(folder).key("", "-t", "ed25519");
            ssh.allow(key, "");
            remote.commit("main", "and again", Map.of("apps/web.yaml", MarkedFile.TEXT));
            Access.Login login = new Access.Login.Key(ssh.user(), key.identity(), null, ssh.knownHost("ed25519"));
            assertThat(exchanged(source(ssh.url(remote), login, Map.of(), address)))
                    .isEmpty();
            assertThat(proxy.heads())
                    .anySatisfy(head -> assertThat(head).startsWith("CONNECT 127.0.0.1:" + ssh.port()));

            ProxyAddress away = new ProxyAddress("127.0.0.1", 1, null, "apps/proxy");
            assertThat(exchanged(source(http.url("fleet.git"), nobody, Map.of(), away)))
                    .contains("connection refused: nothing listens at the proxy 127.0.0.1:1");

            ProxyAddress wrong = ProxyAddress.read(
                    new SecretContent(
                            null, null, Map.of("address", proxy.address(), "username", "me", "password", "0ther-pw")),
                    "apps/proxy");
            assertThat(exchanged(source(http.url("fleet.git"), nobody, Map.of(), wrong)))
                    .contains("the proxy wants a login (407)")
                    .doesNotContain("0ther-pw");
        }
    }

    private static SecretContent with(SecretContent secret, String key, String value) {
        Map<String, String> all = new java.util.HashMap<>(Map.of(key, value));
        if (secret.stringData() != null) {
            all.putAll(secret.stringData());
        }
        return new SecretContent(null, null, all);
    }
}
