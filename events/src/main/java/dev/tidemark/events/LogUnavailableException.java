package dev.tidemark.events;

/** The broker is away: nothing can be acknowledged, everything is tried again. */
public final class LogUnavailableException extends RuntimeException {

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
