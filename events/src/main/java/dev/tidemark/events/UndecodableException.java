package dev.tidemark.events;

/** A record that nobody can read: not JSON, an unknown type or version, or a value that its record refuses. */
public final class UndecodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }

    public UndecodableException(String message) {
        super(message);
    }
}
