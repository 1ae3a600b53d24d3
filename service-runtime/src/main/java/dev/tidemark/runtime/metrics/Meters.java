package dev.tidemark.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Where services count what only they know. For any thread. */
public final class Meters {

    private final MeterRegistry registry;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param labels their values, in their order */
    public void count(Metric metric, String... labels) {
        metric.counter(registry, labels).increment();
    }

    /** Shows a counter with 0, so that its first increase is one. */
    public void expect(Metric metric, String... labels) {
        var unused = metric.counter(registry, labels);
    }

    /** @param labels their values, in their order */
    public void took(Metric metric, Duration time, String... labels) {
        metric.timer(registry, labels).record(time);
    }
}
