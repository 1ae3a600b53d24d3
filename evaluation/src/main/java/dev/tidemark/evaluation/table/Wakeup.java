package dev.tidemark.evaluation.table;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a policy is to be asked again because time alone may change its answer, and what it has been waiting with since:
 * the chain of causes does not break while a decision waits.
 *
 * @param causeId the event that would have been the cause
 */
public record Wakeup(
        Instant at,
        String causeId,
        String correlationid,
        @Nullable String traceparent) {

    public static Wakeup of(Instant at, Envelope<?> cause) {
        return new Wakeup(at, cause.id(), cause.correlationid(), cause.traceparent());
    }

    public <E extends Event> Envelope<E> cause(E event, String source) {
        return new Envelope<>(causeId, source, at, correlationid, null, traceparent, event);
    }
}
