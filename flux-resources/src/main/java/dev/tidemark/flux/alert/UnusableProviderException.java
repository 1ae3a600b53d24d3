package dev.tidemark.flux.alert;

/** A Provider that nothing can be told by; the message says what is wrong and what helps, and no value of a Secret. */
public final class UnusableProviderException extends Exception {

    private static final long serialVersionUID = 1;

    public UnusableProviderException(String message) {
        super(message);
    }
}
