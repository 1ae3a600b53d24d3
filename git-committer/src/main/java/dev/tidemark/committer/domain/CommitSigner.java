package dev.tidemark.committer.domain;

/** Signs commits with one key. For any thread. */
@FunctionalInterface
public interface CommitSigner {

    /**
     * The signature over a commit object as it is without one, in armor and without a line break at its end.
     *
     * @throws IllegalStateException if the key cannot sign after all
     */
    String sign(byte[] commit);

    /** Opens keys. */
    @FunctionalInterface
    interface Keys {
        /** @throws SigningException if the text is no such key, or its passphrase is missing or another */
        CommitSigner open(SigningKey key) throws SigningException;
    }
}
