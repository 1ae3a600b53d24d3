package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.SigningException;
import dev.tidemark.committer.domain.SigningKey;
import dev.tidemark.committer.domain.SigningKey.Format;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.SshKeygen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

/** Git's, GnuPG's and OpenSSH's own programs check what was signed (flux-git-based 14). */
class SignedCommitIT {

    private static final String MAIN = "refs/heads/main";

    @TempDir
    static Path folder;

    private static GnuPg gpg;
    private static SshKeygen keygen;
    private static GitRemote remote;

    @BeforeAll
    static void start() {
        gpg = new GnuPg(folder);
        keygen = new SshKeygen(folder);
        remote = GitRemote.create(folder, "fleet");
        remote.commit("main", "begin", Map.of("apps/web.yaml", MarkedFile.TEXT));
    }

    @AfterAll
    static void stop() {
        gpg.close();
    }

    /** Pushes a commit that is signed with a key, and returns its id. */
    private static String pushed(SigningKey key) throws SigningException {
        Source source = new Source(
                new ResourceId("GitRepository", "apps", "fleet"),
                GitUrls.of(remote.url().toString()),
                new Access(new Access.Login.Anonymous()),
                Duration.ofSeconds(30));
        try (BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            clone.fetch(source, Set.of(new Checkout.Ref(MAIN)));
            String main = clone.heads().getOrDefault(MAIN, "");
            String commit = MarkedFile.edited(
                    clone, main, "v" + System.nanoTime(), new SigningKeys(Clock.systemUTC()).open(key));
            assertThat(clone.push(source, MAIN, commit, main, Map.of())).isInstanceOf(PushOutcome.Accepted.class);
            remote.git("fsck", "--strict");
            assertThat(remote.git("log", "-1", "--format=%an %s", commit)).startsWith("bot update to v");
            return commit;
        }
    }

    private static SigningKey gpgKey(String text, String passphrase) {
        return new SigningKey(Format.GPG, "signing", text, passphrase.isEmpty() ? null : passphrase);
    }

    private static SigningKey sshKey(String text, @Nullable String passphrase) {
        return new SigningKey(Format.SSH, "signing", text, passphrase);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "ed25519, ''",
        "ed25519, open sesame",
        "rsa2048, open sesame",
        "nistp256, ''",
        "nistp521, ''",
        "brainpoolP512r1, ''"
    })
    void gitVerifiesOpenPgpSignatures(String algorithm, String passphrase) throws SigningException {
        String name = algorithm + passphrase.length() + "@example.org";
        String fingerprint = gpg.generate(name, algorithm, "sign", passphrase);

        String commit = pushed(gpgKey(gpg.exported(passphrase, fingerprint), passphrase));

        assertThat(verified(commit)).contains("Good signature from", name);
    }

    @Test
    void signsWithTheNewestSigningSubkey() throws SigningException {
        String fingerprint = gpg.generate("subkeys@example.org", "ed25519", "cert", "");
        gpg.add(fingerprint, "cv25519", "encr", "");
        gpg.add(fingerprint, "ed25519", "sign", "");

        String commit = pushed(gpgKey(gpg.exported("", fingerprint), ""));

        assertThat(verified(commit)).contains("Good signature from", "subkeys@example.org");
    }

    private static String verified(String commit) {
        return remote.git("-c", "gpg.program=" + gpg.wrapper(), "verify-commit", commit);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-t ed25519, ''",
        "-t ed25519, open sesame",
        "-t ecdsa -b 384, ''",
        "-t rsa -b 2048, ''",
        "-t rsa -b 2048 -m PEM, open sesame"
    })
    void gitVerifiesSshSignatures(String options, String passphrase) throws SigningException, IOException {
        SshKeygen.Key key = keygen.key(passphrase, options.split(" "));
        Path signers = folder.resolve("signers");
        Files.writeString(signers, "bot@example.org " + key.authorized());

        String commit = pushed(sshKey(key.identity(), passphrase.isEmpty() ? null : passphrase));

        assertThat(remote.git("-c", "gpg.ssh.allowedSignersFile=" + signers, "verify-commit", commit))
                .contains("Good \"git\" signature for bot@example.org");
    }

    @Test
    void saysWhatIsWrongWithAnOpenPgpKey() {
        String locked = gpg.generate("locked@example.org", "ed25519", "sign", "open sesame");
        String open = gpg.generate("open@example.org", "ed25519", "sign", "");
        String encryption = gpg.generate("cert@example.org", "ed25519", "cert", "");
        String text = gpg.exported("open sesame", locked);

        assertThat(refusal(gpgKey(text, "")))
                .isEqualTo("can not use passphrase protected signing key without 'passphrase' field present in secret"
                        + " signing");
        assertThat(refusal(gpgKey(text, "open barley")))
                .contains("not the passphrase")
                .doesNotContain("barley");
        assertThat(refusal(gpgKey(gpg.exported("", open, encryption), "")))
                .startsWith("multiple entities read from secret 'signing'");
        assertThat(refusal(gpgKey(gpg.exported("", encryption), ""))).contains("no part that may sign now");
        assertThat(refusal(gpgKey("nonsense", ""))).contains("no armored private key");
        assertThat(refusal(gpgKey(text.substring(0, text.length() / 2), ""))).contains("no armored private key");
    }

    @Test
    void saysWhatIsWrongWithAnSshKey() {
        SshKeygen.Key locked = keygen.key("open sesame", "-t", "ed25519");

        assertThat(refusal(sshKey(locked.identity(), null)))
                .isEqualTo("can not use passphrase protected signing key without 'password' field present in secret"
                        + " signing");
        assertThat(refusal(sshKey(locked.identity(), "open barley")))
                .contains("not the passphrase")
                .doesNotContain("barley");
        assertThat(refusal(sshKey(locked.authorized(), null))).contains("no private key");
        assertThat(refusal(sshKey(keygen.key("", "-t", "rsa", "-b", "1024").identity(), null)))
                .contains("1024 bits");
    }

    private static String refusal(SigningKey key) {
        return String.valueOf(assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> new SigningKeys(Clock.systemUTC()).open(key))
                .actual()
                .getMessage());
    }
}
