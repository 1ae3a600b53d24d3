package dev.tidemark.runtime.metrics;

import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long it takes from one event to what it led to: remembers the newest causes, whoever wrote them. For any thread. */
final class Latencies {

    /** What waits longer than that was made to wait: by a window, a suspension, a request that was not there. */
    static final Duration LONGEST = Duration.ofHours(1);

    /** The causes of some minutes of a large installation; some hundred bytes each. */
    static final int MAX_CAUSES = 10_000;

    private final MeterRegistry registry;
    private final Correlations correlations;
    private final Clock clock;

    @SuppressWarnings("serial") // it stays here
    private final Map<String, Cause> causes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cause> eldest) {
            return size() > MAX_CAUSES;
        }
    };

    /** @param first what began it, as far as this process knows */
    private record Cause(
            String stage, Instant time, @Nullable Cause first) {
        Cause beginning() {
            return first == null ? this : first;
        }
    }

    Latencies(MeterRegistry registry, Correlations correlations, Clock clock) {
        this.registry = registry;
        this.correlations = correlations;
        this.clock = clock;
    }

    /** It may lead to something here. */
    void read(Envelope<?> event) {
        if (event.time().isAfter(clock.instant().minus(LONGEST))) {
            stage(event.event()).ifPresent(stage -> remember(event, stage));
        }
    }

    /** It has come of something. */
    void appended(Envelope<?> event) {
        Optional<String> stage = stage(event.event());
        if (stage.isEmpty()) {
            return;
        }
        Cause cause = remember(event, stage.get());
        if (cause != null) {
            measure(cause, stage.get(), event);
            if (cause.first() != null) {
                measure(cause.first(), stage.get(), event);
            }
        }
    }

    /** @return what it came of, where that is known */
    private @Nullable Cause remember(Envelope<?> event, String stage) {
        synchronized (causes) {
            Cause cause = event.causationid() == null ? null : causes.get(event.causationid());
            Cause before = causes.get(event.id());
            if (before == null || before.first() == null) {
                causes.put(event.id(), new Cause(stage, event.time(), cause == null ? null : cause.beginning()));
            }
            return cause;
        }
    }

    private void measure(Cause from, String stage, Envelope<?> event) {
        Duration took = Duration.between(from.time(), event.time());
        if (!took.isNegative() && took.compareTo(LONGEST) <= 0) {
            correlations.during(
                    event,
                    () -> Metric.LATENCY.timer(registry, from.stage(), stage).record(took));
        }
    }

    private static Optional<String> stage(Event event) {
        return switch (event) {
            case Event.RegistryNotified notified -> Optional.of("notified");
            case Event.TagDiscovered discovered -> Optional.of("discovered");
            case Event.TagSelected selected -> Optional.of("selected");
            case Committed committed -> Optional.of("committed");
            case Event.Rendered rendered -> Optional.of("rendered");
            default -> Optional.empty();
        };
    }
}
