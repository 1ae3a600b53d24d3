package dev.tidemark.committer.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Reads private keys: OpenSSH's own format, PKCS#1 and PKCS#8, with and without a passphrase (flux-git-based 13, 14). */
final class SshKeys {

    /** The key is protected. */
    static final class PassphraseException extends LoginException {
        private final boolean missing;

        private PassphraseException(boolean missing) {
            super(
                    missing
                            ? "the Secret's identity is protected by a passphrase: write it into the Secret as password"
                            : "the Secret's password is not the passphrase of its identity");
            this.missing = missing;
        }

        /** Whether there is no passphrase at all. */
        boolean isMissing() {
            return missing;
        }
    }

    private SshKeys() {}

    /**
     * @param passphrase null for none; one that the key does not need is ignored
     * @throws LoginException if the text is no key, or not one of this passphrase
     */
    static KeyPair read(String text, @Nullable String passphrase) throws LoginException {
        List<KeyPair> pairs = new ArrayList<>();
        boolean[] asked = {false};
        try (ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            FilePasswordProvider passphrases = (session, resource, attempt) -> {
                asked[0] = true;
                return attempt > 0 ? null : passphrase;
            };
            Iterable<KeyPair> found =
                    SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("identity"), in, passphrases);
            if (found != null) {
                found.forEach(pairs::add);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unusable(asked[0], passphrase);
        }
        if (pairs.isEmpty()) {
            throw unusable(asked[0], passphrase);
        }
        if (pairs.size() > 1) {
            throw new LoginException("the Secret's identity has " + pairs.size() + " private keys: leave one");
        }
        return pairs.getFirst();
    }

    private static LoginException unusable(boolean encrypted, @Nullable String passphrase) {
        if (!encrypted) {
            return new LoginException(
                    "the Secret's identity is no private key: it is one in OpenSSH's, PKCS#1 or PKCS#8"
                            + " format, with its BEGIN and END lines");
        }
        return new PassphraseException(passphrase == null);
    }
}
