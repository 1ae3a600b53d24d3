package dev.tidemark.evaluation.history;

/** A range that cannot be used, said to people: what is wrong, where, and what helps. */
public final class RangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RangeException(String message) {
        super(message);
    }

    public RangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
