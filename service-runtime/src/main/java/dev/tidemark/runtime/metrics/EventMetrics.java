package dev.tidemark.runtime.metrics;

import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.EventType;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.publish.LogListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the log says of how Tidemark does. Whatever can be counted from the start is there from the start with 0: a counter
 * that begins with 1 has increased for nobody.
 */
public final class EventMetrics implements LogListener {

    private static final List<String> RESULTS = List.of("committed", "rendered", "refused", "failed");

    private final MeterRegistry registry;
    private final Latencies latencies;
    private volatile Stop stop = new Stop(Instant.MIN, false);

    private record Stop(Instant since, boolean inForce) {}

    public EventMetrics(MeterRegistry registry, Correlations correlations, Clock clock) {
        this.registry = registry;
        this.latencies = new Latencies(registry, correlations, clock);
        for (EventType type : EventType.values()) {
            Metric.EVENTS.counter(registry, name(type));
            Metric.DEAD_LETTERS.counter(registry, type.topic().topicName());
        }
        for (DecisionOutcome outcome : DecisionOutcome.values()) {
            Metric.DECISIONS.counter(registry, lower(outcome));
        }
        for (ScanFailure reason : ScanFailure.values()) {
            Metric.SCAN_FAILURES.counter(registry, lower(reason));
        }
        RESULTS.forEach(result -> Metric.UPDATES.counter(registry, result));
    }

    @Override
    public void read(Envelope<?> event) {
        latencies.read(event);
        if (event.event() instanceof Event.ControlRequested control
                && !event.time().isBefore(stop.since())) {
            if (stop.since().equals(Instant.MIN)) {
                Gauge.builder(Metric.HALTED.served(), () -> stop.inForce() ? 1 : 0)
                        .description(Metric.HALTED.help())
                        .register(registry);
            }
            stop = new Stop(event.time(), control.action() == ControlAction.HALT);
        }
    }

    @Override
    public void appended(Envelope<?> event) {
        Metric.EVENTS.counter(registry, name(event.type())).increment();
        latencies.appended(event);
        switch (event.event()) {
            case Event.PolicyDecided decided ->
                Metric.DECISIONS.counter(registry, lower(decided.outcome())).increment();
            case ScanFailed failed ->
                Metric.SCAN_FAILURES.counter(registry, lower(failed.reason())).increment();
            case Committed committed -> updated("committed");
            case Event.Rendered rendered -> updated("rendered");
            case Event.UpdateRefused refused -> updated("refused");
            case Event.UpdateFailed failed -> updated("failed");
            default -> {}
        }
    }

    private void updated(String result) {
        Metric.UPDATES.counter(registry, result).increment();
    }

    @Override
    public void deadLetter(Topic from) {
        Metric.DEAD_LETTERS.counter(registry, from.topicName()).increment();
    }

    /** {@code tag-discovered}: the wire name without whose it is and its version. */
    private static String name(EventType type) {
        return lower(type).replace('_', '-');
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
