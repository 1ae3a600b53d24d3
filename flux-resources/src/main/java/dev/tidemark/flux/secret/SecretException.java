package dev.tidemark.flux.secret;

/** A Secret whose content cannot be used; the message names the Secret, the key and what helps, and no value. */
public final class SecretException extends Exception {

    public SecretException(String message) {
        super(message);
    }
}
