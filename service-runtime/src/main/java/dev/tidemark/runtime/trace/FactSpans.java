package dev.tidemark.runtime.trace;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.publish.FactLines;
import dev.tidemark.runtime.publish.LogListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A span for each fact that a service appends: from when it heard of the fact that led there to when the log has its own. The
 * hop over Kafka is the gap between two spans. No service has to know of traces for it. For any thread.
 */
public final class FactSpans implements LogListener {

    /** The causes of some minutes of a large installation; some hundred bytes each. */
    static final int MAX_CAUSES = 10_000;

    /** What is older is read after a start, and led to what it led to long ago. */
    private static final Duration OLDEST_CAUSE = Duration.ofHours(1);

    private final Consumer<Span> spans;
    private final Clock clock;

    /** When this process heard of facts, by their ids. */
    @SuppressWarnings("serial") // it stays here
    private final Map<String, Instant> heard = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_CAUSES;
        }
    };

    FactSpans(Consumer<Span> spans, Clock clock) {
        this.spans = spans;
        this.clock = clock;
    }

    @Override
    public void read(Envelope<?> event) {
        Instant now = clock.instant();
        if (isPartOfATrace(event.event()) && event.time().isAfter(now.minus(OLDEST_CAUSE))) {
            synchronized (heard) {
                heard.putIfAbsent(event.id(), now);
            }
        }
    }

    @Override
    public void appended(Envelope<?> event) {
        TraceContext.@Nullable Incoming incoming =
                TraceContext.Incoming.of(event.traceparent()).orElse(null);
        if (isPartOfATrace(event.event()) && (incoming == null || incoming.sampled())) {
            spans.accept(span(event, incoming));
        }
    }

    @Override
    public void deadLetter(Topic from) {}

    private Span span(Envelope<?> fact, TraceContext.@Nullable Incoming incoming) {
        String cause = fact.causationid();
        Instant began = earlier(fact.time(), cause == null ? null : heardOf(cause));
        Instant now = clock.instant();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(LogKeys.CORRELATION, fact.correlationid());
        attributes.putAll(LogKeys.parse(FactLines.text(fact)));
        String name = attributes.remove(LogKeys.EVENT);
        return new Span(
                TraceContext.of(fact),
                cause == null ? incoming == null ? null : incoming.parent() : TraceContext.span(cause),
                fact.source(),
                name == null ? fact.type().name().toLowerCase(Locale.ROOT).replace('_', '-') : name,
                began,
                now.isBefore(began) ? began : now,
                attributes,
                FactLines.isFailure(fact.event()) ? attributes.getOrDefault(LogKeys.REASON, "") : null);
    }

    private @Nullable Instant heardOf(String cause) {
        synchronized (heard) {
            return heard.get(cause);
        }
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other == null || one.isBefore(other) ? one : other;
    }

    /** Where services are in the log, what is declared, and lists as a whole are part of no work that somebody waits for. */
    private static boolean isPartOfATrace(Event event) {
        return switch (event) {
            case Event.FeedScanned position -> false;
            case Event.PartitionClaimed position -> false;
            case Event.BranchState position -> false;
            case Event.PolicyDeclared declared -> false;
            case PolicyHandedOver between -> false;
            case TagsListed whole -> false;
            default -> true;
        };
    }
}
