package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.SshKeygen;
import dev.tidemark.testkit.SshServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clones, edits and pushes through OpenSSH's own daemon. */
class GitSshIT {

    private static final String MAIN = "refs/heads/main";

    @TempDir
    static Path folder;

    private static SshServer server;
    private static SshKeygen keygen;
    private static SshKeygen.Key allowed;
    private static GitRemote remote;

    @BeforeAll
    static void start() {
        server = SshServer.start(folder);
        keygen = new SshKeygen(folder);
        allowed = keygen.key("", "-t", "ed25519");
        server.allow(allowed, "");
        remote = GitRemote.create(folder, "fleet");
        remote.commit("main", "begin", Map.of("apps/web.yaml", MarkedFile.TEXT));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Source source(URI url, String identity, @Nullable String passphrase, String knownHosts) {
        return new Source(
                new ResourceId("GitRepository", "apps", "fleet"),
                GitUrls.of(url.toString()),
                new Access(new Access.Login.Key(server.user(), identity, passphrase, knownHosts)),
                Duration.ofSeconds(30));
    }

    private static Source source(String knownHosts) {
        return source(server.url(remote), allowed.identity(), null, knownHosts);
    }

    private static BareClone open() {
        return BareClone.below(folder.resolve("clones"), TestTransports.make());
    }

    private static String fetched(BareClone clone, Source source) {
        assertThat(clone.fetch(source, Set.of(new Checkout.Ref(MAIN)))).isInstanceOf(FetchOutcome.Fetched.class);
        return clone.heads().getOrDefault(MAIN, "");
    }

    private static String refusal(Source source) {
        try (BareClone clone = open()) {
            FetchOutcome outcome = clone.fetch(source, Set.of(new Checkout.Ref(MAIN)));
            return outcome instanceof FetchOutcome.Failed(String message, boolean unused)
                    ? message
                    : outcome.toString();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-t ed25519, ''",
        "-t ed25519, open sesame",
        "-t ecdsa -b 256, ''",
        "-t ecdsa -b 521, open sesame",
        "-t rsa -b 2048, ''",
        "-t rsa -b 2048 -m PEM, ''",
        "-t rsa -b 2048 -m PEM, open sesame",
        "-t rsa -b 2048 -m PKCS8, ''",
        "-t ecdsa -b 384 -m PKCS8, ''"
    })
    void pushesWithEveryKindOfKey(String options, String passphrase) {
        SshKeygen.Key key = keygen.key(passphrase, options.split(" "));
        server.allow(key, "");
        Source source = source(
                server.url(remote),
                key.identity(),
                passphrase.isEmpty() ? null : passphrase,
                server.knownHost("ed25519"));
        try (BareClone clone = open()) {
            String main = fetched(clone, source);
            String tag = "v" + Integer.toUnsignedString((options + passphrase).hashCode());

            assertThat(clone.push(source, MAIN, MarkedFile.edited(clone, main, tag), main, Map.of("ci.skip", "")))
                    .isInstanceOf(PushOutcome.Accepted.class);

            assertThat(remote.read("main", "apps/web.yaml")).startsWith("tag: " + tag + " ");
            remote.git("fsck", "--strict");
        }
    }

    @Test
    void keepsItsSessionFromTheFetchToTheLastPush() {
        long before = server.logins();
        Source source = source(server.knownHost("rsa"));
        try (BareClone clone = open()) {
            String head = fetched(clone, source);
            for (int number = 1; number <= 3; number++) {
                String next = MarkedFile.edited(clone, head, "v10" + number);
                assertThat(clone.push(source, MAIN, next, head, Map.of())).isInstanceOf(PushOutcome.Accepted.class);
                head = next;
            }
        }

        assertThat(server.logins() - before).isEqualTo(1);
    }

    @Test
    void logsInAgainWhereTheServerHasEndedTheSession() {
        long before = server.logins();
        Source source = source(server.knownHost("ed25519"));
        try (BareClone clone = open()) {
            String main = fetched(clone, source);
            server.endSessions();

            assertThat(clone.push(source, MAIN, MarkedFile.edited(clone, main, "v201"), main, Map.of()))
                    .isInstanceOf(PushOutcome.Accepted.class);
        }

        assertThat(server.logins() - before).isEqualTo(2);
    }

    @Test
    void usesANewKeyAsSoonAsTheSecretHasIt() {
        SshKeygen.Key other = keygen.key("", "-t", "ecdsa");
        server.allow(other, "");
        long before = server.logins();
        try (BareClone clone = open()) {
            fetched(clone, source(server.knownHost("ed25519")));
            fetched(clone, source(server.url(remote), other.identity(), null, server.knownHost("ed25519")));
        }

        assertThat(server.logins() - before).isEqualTo(2);
    }

    @Test
    void readsKnownHostsAsOpenSshWritesThem() {
        String line = server.knownHost("ed25519");
        String others = "# hosts\n\ngithub.com,gitlab.com ecdsa-sha2-nistp256 " + "AAAA" + "\n";

        try (BareClone clone = open()) {
            fetched(clone, source("# a comment\n\n" + line));
            fetched(clone, source(line.replace("[127.0.0.1]", "other.example,[127.0.0.*]")));
            fetched(clone, source(server.hashedKnownHost("ed25519")));
            fetched(clone, source("nonsense\n[127.0.0.1]:" + server.port() + " ssh-ed25519 AAAA\n" + line));
            fetched(clone, source(others.replace("AAAA", line.split(" ", -1)[2]) + line));
        }
    }

    @Test
    void trustsNoHostThatItDoesNotKnow() {
        assertThat(refusal(source("github.com " + server.knownHost("ed25519").split(" ", 2)[1])))
                .contains("unable to clone", "key is unknown", "no line for 127.0.0.1 with port " + server.port())
                .contains("ssh-keyscan -p " + server.port() + " 127.0.0.1", "GitRepository/apps/fleet");
        assertThat(refusal(source("@revoked " + server.knownHost("ed25519") + server.knownHost("ed25519"))))
                .contains("key mismatch", "known_hosts");
        String stranger = keygen.key("", "-t", "ed25519").authorized();
        assertThat(refusal(source("[127.0.0.1]:" + server.port() + ' ' + stranger)))
                .contains("key mismatch", "shows another host key", "known_hosts");
        assertThat(refusal(source("[127.0.0.1]:" + server.port() + ' ' + "ecdsa-sha2-nistp256 AAAA")))
                .contains("line 1 of the Secret's known_hosts cannot be read");
        assertThat(refusal(source("nonsense"))).contains("line 1 of the Secret's known_hosts cannot be read");
        assertThat(refusal(source("@cert-authority " + server.knownHost("ed25519"))))
                .contains("only a certificate authority");
    }

    @Test
    void saysWhatIsWrongWithAKey() {
        String hosts = server.knownHost("ed25519");
        URI url = server.url(remote);
        SshKeygen.Key stranger = keygen.key("", "-t", "ed25519");
        SshKeygen.Key locked = keygen.key("open sesame", "-t", "ed25519");

        assertThat(refusal(source(url, stranger.identity(), null, hosts)))
                .contains("authentication failed", "does not take this key", "deploy key", "GitRepository/apps/fleet");
        assertThat(refusal(source(url, locked.identity(), null, hosts)))
                .contains("protected by a passphrase", "password");
        assertThat(refusal(source(url, locked.identity(), "open barley", hosts)))
                .contains("not the passphrase")
                .doesNotContain("barley");
        assertThat(refusal(source(url, "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n", null, hosts)))
                .contains("no private key", "BEGIN and END");
        assertThat(refusal(source(url, allowed.authorized(), null, hosts))).contains("no private key");
    }

    @Test
    void saysThatADeployKeyMayOnlyRead() {
        SshKeygen.Key reader = keygen.key("", "-t", "ed25519");
        server.allow(
                reader,
                "command=\"case $SSH_ORIGINAL_COMMAND in git-upload-pack*) sh -c \\\"$SSH_ORIGINAL_COMMAND\\\";; *) echo"
                        + " 'ERROR: The key you are authenticating with has been marked as read only.' >&2; exit 1;; esac\"");
        Source source = source(server.url(remote), reader.identity(), null, server.knownHost("ed25519"));
        try (BareClone clone = open()) {
            String main = fetched(clone, source);

            assertThat(clone.push(source, MAIN, MarkedFile.edited(clone, main, "v301"), main, Map.of()))
                    .isInstanceOfSatisfying(PushOutcome.Refused.class, refused -> {
                        assertThat(refused.message())
                                .contains("authorization failed", "write access")
                                .doesNotContain("403");
                        assertThat(refused.denied()).isTrue();
                    });
        }
    }

    @Test
    void saysThatARepositoryIsNotThere() {
        URI nowhere = URI.create(server.url(remote).toString().replace("fleet.git", "flotilla.git"));

        assertThat(refusal(source(nowhere, allowed.identity(), null, server.knownHost("ed25519"))))
                .contains("repository not found", "spec.url");
    }

    @Test
    void reportsAPushThatLostItsRace() {
        Source source = source(server.knownHost("ed25519"));
        try (BareClone clone = open()) {
            String main = fetched(clone, source);
            String ours = MarkedFile.edited(clone, main, "v401");
            remote.commit("main", "theirs", Map.of("README", "theirs"));

            assertThat(clone.push(source, MAIN, ours, main, Map.of())).isInstanceOf(PushOutcome.Moved.class);
            String theirs = fetched(clone, source);
            assertThat(clone.push(source, MAIN, MarkedFile.edited(clone, theirs, "v401"), theirs, Map.of()))
                    .isInstanceOf(PushOutcome.Accepted.class);
        }
    }

    /** A host that takes the connection and says nothing, as behind a broken balancer. */
    @Test
    void waitsForAHandshakeNoLongerThanItsTimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Source patient = source(
                    URI.create("ssh://git@127.0.0.1:" + silent.getLocalPort() + "/fleet.git"),
                    allowed.identity(),
                    null,
                    "[127.0.0.1]:" + silent.getLocalPort() + ' ' + allowed.authorized());

            assertThat(refusal(
                            new Source(patient.repository(), patient.url(), patient.access(), Duration.ofSeconds(1))))
                    .contains("timeout: 127.0.0.1 did not answer within 1s");
        }
    }

    @Test
    void saysThatAHostIsNotThere() {
        assertThat(refusal(source(
                        URI.create("ssh://git@nowhere.invalid/fleet.git"),
                        allowed.identity(),
                        null,
                        "nowhere.invalid " + allowed.authorized())))
                .contains("unknown host: DNS has no address of nowhere.invalid");
    }

    @Test
    void wantsOneKey() {
        String two =
                allowed.identity() + keygen.key("", "-t", "rsa", "-b", "2048").identity();

        assertThat(refusal(source(server.url(remote), two, null, server.knownHost("ed25519"))))
                .contains("has 2 private keys: leave one");
    }
}
