package dev.tidemark.committer.domain;

/** A signing key that cannot be used; the message is for operators, and free of secrets. */
public final class SigningException extends Exception {

    public SigningException(String message) {
        super(message);
    }
}
