package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import java.util.List;

/** The log as the watcher writes to it. */
@FunctionalInterface
public interface EventLog {

    /**
     * Appends events in this order and returns when the broker has all of them.
     *
     * @throws UnavailableException if the broker does not take them
     */
    void append(List<? extends Envelope<?>> events);

    /** The broker is away: nothing can be acknowledged, everything is tried again. */
    final class UnavailableException extends RuntimeException {
        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
