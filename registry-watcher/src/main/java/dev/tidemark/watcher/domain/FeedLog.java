package dev.tidemark.watcher.domain;

import dev.tidemark.events.Publication;
import java.util.List;

/** The log, as the owner of a feed writes to it: nothing is written by a replica that does not own the feed any more. */
public interface FeedLog {

    /**
     * Proves that the feed is still owned, then appends in this order, and returns when the broker has all of it.
     *
     * @throws NotOwnerException when that cannot be proved: nothing is written
     * @throws dev.tidemark.events.LogUnavailableException when the broker does not take it; what came before the fault may
     *     be in the log
     */
    void append(List<? extends Publication> publications);

    /**
     * Proves that the feed is still owned, before an effect elsewhere, such as a status.
     *
     * @throws NotOwnerException when that cannot be proved
     */
    void prove();

    /** The feed is somebody else's, as far as anybody can say now. */
    final class NotOwnerException extends RuntimeException {
        public NotOwnerException(String message) {
            super(message);
        }
    }
}
