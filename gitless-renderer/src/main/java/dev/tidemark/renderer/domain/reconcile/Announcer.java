package dev.tidemark.renderer.domain.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import org.jspecify.annotations.Nullable;

/** Tells the log what was done. */
@FunctionalInterface
public interface Announcer {

    /**
     * Returns when the log has the event.
     *
     * @param cause the selection that led here; null where a resource or the clock did
     * @param occasion tells apart two facts with the same content
     */
    void announce(Event event, @Nullable Envelope<Event.TagSelected> cause, String occasion);
}
