package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.SigningException;
import dev.tidemark.committer.domain.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens signing keys, and keeps them: deriving a key from a passphrase is made slow on purpose. For any thread. */
public final class SigningKeys implements CommitSigner.Keys {

    /** More automations sign with few keys; what falls out is opened again. */
    private static final int KEPT = 64;

    private final Clock clock;

    private final Map<SigningKey, CommitSigner> opened = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SigningKey, CommitSigner> eldest) {
            return size() > KEPT;
        }
    };

    /** @param clock says which keys have expired */
    public SigningKeys(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized CommitSigner open(SigningKey key) throws SigningException {
        Instant now = clock.instant();
        CommitSigner known = opened.get(key);
        if (known != null && !(known instanceof OpenPgpSigner gpg && !gpg.isValidAt(now))) {
            return known;
        }
        CommitSigner signer =
                switch (key.format()) {
                    case GPG -> OpenPgpSigner.of(key, now);
                    case SSH -> SshSigner.of(key);
                };
        opened.put(key, signer);
        return signer;
    }

    /** In Flux's words. */
    static SigningException passphraseMissing(SigningKey key) {
        return new SigningException("can not use passphrase protected signing key without '"
                + key.format().passphraseEntry() + "' field present in secret " + key.secret());
    }

    static SigningException passphraseWrong(SigningKey key) {
        return new SigningException("the '" + key.format().passphraseEntry() + "' in secret " + key.secret()
                + " is not the passphrase of its signing key");
    }
}
