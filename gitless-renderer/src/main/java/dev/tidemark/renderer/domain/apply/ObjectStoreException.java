package dev.tidemark.renderer.domain.apply;

import org.jspecify.annotations.Nullable;

/** An object could not be read, written or deleted; the message says what helps. */
public final class ObjectStoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ObjectStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
