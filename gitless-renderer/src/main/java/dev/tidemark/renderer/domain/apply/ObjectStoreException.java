package dev.tidemark.renderer.domain.apply;

import org.jspecify.annotations.Nullable;

/** An object could not be read, written or deleted; the message says what helps. */
public final class ObjectStoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean denied;

    public ObjectStoreException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private ObjectStoreException(String message, @Nullable Throwable cause, boolean denied) {
        super(message, cause);
        this.denied = denied;
    }

    /** The account has no right to it, or is gone itself. */
    public static ObjectStoreException denied(String message, @Nullable Throwable cause) {
        return new ObjectStoreException(message, cause, true);
    }

    /** Whether a right is missing: as long as nobody grants it, the next try comes to the same. */
    public boolean isDenied() {
        return denied;
    }
}
