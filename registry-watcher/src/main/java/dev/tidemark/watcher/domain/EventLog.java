package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Feed;
import java.util.List;

/** The log as the watcher writes to it. */
public interface EventLog {

    /**
     * Appends events in this order and returns when the broker has all of them.
     *
     * @throws UnavailableException if the broker does not take them
     */
    void append(List<? extends Envelope<?>> events);

    /**
     * Lets the log forget tags of a feed that are long gone: tombstones under their keys.
     *
     * @throws UnavailableException if the broker does not take them
     */
    void forget(Feed feed, List<String> tags);

    /** The broker is away: nothing can be acknowledged, everything is tried again. */
    final class UnavailableException extends RuntimeException {
        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
