package dev.tidemark.events;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event with its CloudEvents 1.0 attributes.
 *
 * @param id deterministic: the same fact has the same id, see {@link FactId}
 * @param source the service that wrote it, for example {@code registry-watcher}
 * @param correlationid runs from the first cause (a webhook, a scan, an edit of a resource) to the last effect
 * @param causationid id of the event that led here; null at the start of a chain
 * @param traceparent W3C trace context, where one travels along
 * @param unread what it held that this build does not understand; null where that is nothing, and in events of this build.
 *     Two that say the same to this build are equal
 */
public record Envelope<E extends Event>(
        String id,
        String source,
        Instant time,
        String correlationid,
        @Nullable String causationid,
        @Nullable String traceparent,
        E event,
        @Nullable Unread unread) {

    /** One in which everything is understood. */
    public Envelope(
            String id,
            String source,
            Instant time,
            String correlationid,
            @Nullable String causationid,
            @Nullable String traceparent,
            E event) {
        this(id, source, time, correlationid, causationid, traceparent, event, null);
    }

    /** An event at the start of a chain: its correlation is its own id. */
    public static <E extends Event> Envelope<E> first(E event, String source, Instant time, Object... discriminators) {
        String id = FactId.of(event, discriminators);
        return new Envelope<>(id, source, time, id, null, null, event);
    }

    /** An event at the start of a chain that somebody else already named. */
    public static <E extends Event> Envelope<E> correlated(
            E event, String source, Instant time, String correlationid, Object... discriminators) {
        return new Envelope<>(FactId.of(event, discriminators), source, time, correlationid, null, null, event);
    }

    /** An event caused by this one. */
    public <F extends Event> Envelope<F> causes(F event, String source, Instant time, Object... discriminators) {
        return new Envelope<>(FactId.of(event, discriminators), source, time, correlationid, id, traceparent, event);
    }

    /** This event in the trace that somebody else began; null for none. */
    public Envelope<E> within(@Nullable String trace) {
        return new Envelope<>(id, source, time, correlationid, causationid, trace, event, unread);
    }

    /** This event in place of another of its type: what of that one this build does not understand is written along. */
    public Envelope<E> keeping(Envelope<?> read) {
        return read.unread == null || read.type() != type()
                ? this
                : new Envelope<>(id, source, time, correlationid, causationid, traceparent, event, read.unread);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope<?> envelope
                && id.equals(envelope.id)
                && source.equals(envelope.source)
                && time.equals(envelope.time)
                && correlationid.equals(envelope.correlationid)
                && Objects.equals(causationid, envelope.causationid)
                && Objects.equals(traceparent, envelope.traceparent)
                && event.equals(envelope.event);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, source, time, correlationid, causationid, traceparent, event);
    }

    public EventType type() {
        return EventType.of(event);
    }

    /** The key that the record is written under. */
    public String key() {
        return Keys.of(event);
    }
}
