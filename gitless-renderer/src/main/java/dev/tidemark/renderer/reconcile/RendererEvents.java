package dev.tidemark.renderer.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.flux.Resource;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Tells the log what was done with ResourceSets. */
final class RendererEvents {

    private static final String SOURCE = "gitless-renderer";

    private final EventPublisher publisher;
    private final Clock clock;

    RendererEvents(EventPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Returns when the log has the event. The same content is another fact for another cause, or another version of the
     * resource.
     *
     * @param cause the selection that led here; null where a resource or the clock did
     */
    void publish(Event event, Resource<?> resource, @Nullable Envelope<Event.TagSelected> cause) {
        publisher.append(
                cause == null
                        ? Envelope.first(
                                event,
                                SOURCE,
                                clock.instant(),
                                resource.metadata().resourceVersion())
                        : cause.causes(event, SOURCE, clock.instant(), cause.id()));
    }
}
