package dev.tidemark.runtime.trace;

import dev.tidemark.events.Committed;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A span for each fact that a service appends: from when it heard of the fact that led there to when the log has its own. The
 * hop over Kafka is the gap between two spans. No service has to know of traces for it; what a service notes of the steps to
 * a fact lies below the fact's span. For any thread.
 */
public final class FactSpans implements LogListener, Steps {

    /** The causes of some minutes of a large installation; some hundred bytes each. */
    static final int MAX_CAUSES = 10_000;

    /** More than there are at once: what was pushed is said when the run over its branch ends. */
    static final int MAX_COMMITS = 1_000;

    /** What is older is read after a start, and led to what it led to long ago. */
    private static final Duration OLDEST_CAUSE = Duration.ofHours(1);

    private final Consumer<Span> spans;
    private final Clock clock;

    /** When this process heard of facts, by their ids. */
    private final Map<String, Instant> heard = new Latest<>(MAX_CAUSES);

    /** What led to commits that are not said yet, by their ids. */
    private final Map<String, List<Step>> steps = new Latest<>(MAX_COMMITS);

    private static final class Latest<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1;

        private final int max;

        Latest(int max) {
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > max;
        }
    }

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
    public void ledTo(String commit, List<Step> done) {
        synchronized (steps) {
            steps.put(commit, List.copyOf(done));
        }
    }

    @Override
    public void appended(Envelope<?> event) {
        List<Step> done = stepsTo(event.event());
        TraceContext.@Nullable Incoming incoming =
                TraceContext.Incoming.of(event.traceparent()).orElse(null);
        if (isPartOfATrace(event.event()) && (incoming == null || incoming.sampled())) {
            Span whole = span(event, incoming);
            spans.accept(whole);
            for (int i = 0; i < done.size(); i++) {
                part(event, whole, i, done.get(i));
            }
        }
    }

    private List<Step> stepsTo(Event event) {
        if (event instanceof Committed committed) {
            synchronized (steps) {
                List<Step> done = steps.remove(committed.commit());
                return done == null ? List.of() : done;
            }
        }
        return List.of();
    }

    /** What began before the cause was heard of was done for something else. */
    private void part(Envelope<?> fact, Span whole, int number, Step step) {
        if (!step.begin().isBefore(whole.begin())) {
            spans.accept(new Span(
                    new TraceContext(whole.context().trace(), TraceContext.span(fact.id() + '/' + number)),
                    whole.context().span(),
                    whole.service(),
                    step.name(),
                    step.begin(),
                    step.end(),
                    Map.of(LogKeys.CORRELATION, fact.correlationid()),
                    null));
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
