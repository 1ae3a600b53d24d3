package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.metrics.Correlations;
import dev.tidemark.runtime.metrics.EventMetrics;
import dev.tidemark.runtime.metrics.Meters;
import dev.tidemark.runtime.metrics.ObjectMetrics;
import dev.tidemark.runtime.metrics.QueueMetrics;
import dev.tidemark.runtime.publish.FactLines;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.publish.LogListeners;
import dev.tidemark.runtime.status.FailureLines;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.status.StatusListeners;
import dev.tidemark.runtime.time.ThreadScheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exemplars.ExemplarSampler;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has measured what the services do; served on the management listener, {@code /q/metrics}. */
@Singleton
public class MetricsModule {

    /** More registries than anybody names; each has some twenty series. */
    private static final int MAX_HOSTS = 100;

    @Produces
    @Singleton
    static Correlations correlations(TracesConfig traces) {
        return new Correlations(traces.endpoint().isPresent());
    }

    /** In place of the framework's, which has none without traces. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    static Optional<ExemplarSampler> exemplars(Correlations correlations) {
        return Optional.of(correlations);
    }

    @Produces
    @Singleton
    LogListener events(
            MeterRegistry registry,
            Correlations correlations,
            FailureLines failures,
            TracesModule traces,
            Clock clock) {
        List<LogListener> all = new ArrayList<>(
                List.of(new EventMetrics(registry, correlations, clock), new FactLines(clock), failures));
        traces.facts().ifPresent(all::add);
        return new LogListeners(List.copyOf(all));
    }

    /** One for all: the framework's own is made anew for each that asks. */
    @Produces
    @Singleton
    static CollectorRegistry collectors() {
        return new CollectorRegistry();
    }

    @Produces
    @Singleton
    @Typed(ObjectMetrics.class)
    ObjectMetrics objects(CollectorRegistry registry) {
        return new ObjectMetrics().register(registry);
    }

    @Produces
    @Singleton
    static StatusListener statuses(ObjectMetrics metrics, FailureLines failures) {
        return new StatusListeners(List.of(metrics, failures));
    }

    /** Of both: what a fact tells, a status need not. */
    @Produces
    @Singleton
    @Typed(FailureLines.class)
    static FailureLines failures(Clock clock) {
        return new FailureLines(clock);
    }

    @Produces
    @Singleton
    Meters meters(MeterRegistry registry) {
        return new Meters(registry);
    }

    /** What is asked of more hosts is not measured. */
    @Produces
    @Singleton
    static MeterFilter hosts() {
        return MeterFilter.maximumAllowableTags("tidemark_registry", "host", MAX_HOSTS, MeterFilter.deny());
    }

    /** When the services have made their queues. */
    void start(
            @Observes @Priority(Integer.MAX_VALUE) StartupEvent event,
            ThreadScheduler scheduler,
            MeterRegistry registry,
            Clock clock) {
        QueueMetrics.measure(scheduler.queues(), registry, clock);
    }
}
