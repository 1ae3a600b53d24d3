package dev.tidemark.flux.cluster;

import org.jspecify.annotations.Nullable;

/** A watch ended in the middle. */
final class BrokenWatchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokenWatchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
