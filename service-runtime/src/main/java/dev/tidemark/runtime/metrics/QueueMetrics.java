package dev.tidemark.runtime.metrics;

import dev.tidemark.runtime.time.WorkQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How long the queues of a process are, and how old: asked when somebody reads it. */
public final class QueueMetrics {

    private static final double MILLIS = 1_000;

    private QueueMetrics() {}

    /** @param queues all of the process: those of one name are one */
    public static void measure(List<WorkQueue> queues, MeterRegistry registry, Clock clock) {
        Map<String, List<WorkQueue>> named = queues.stream().collect(Collectors.groupingBy(WorkQueue::name));
        named.forEach((name, same) -> {
            Gauge.builder(Metric.QUEUE_LENGTH.served(), same, QueueMetrics::waiting)
                    .description(Metric.QUEUE_LENGTH.help())
                    .tags(Metric.QUEUE_LENGTH.tags(name))
                    .strongReference(true)
                    .register(registry);
            Gauge.builder(Metric.QUEUE_AGE.served(), same, some -> age(some, clock.instant()))
                    .description(Metric.QUEUE_AGE.help())
                    .tags(Metric.QUEUE_AGE.tags(name))
                    .strongReference(true)
                    .register(registry);
        });
    }

    private static double waiting(List<WorkQueue> queues) {
        return queues.stream().mapToInt(WorkQueue::waiting).sum();
    }

    private static double age(List<WorkQueue> queues, Instant now) {
        return queues.stream()
                .map(WorkQueue::oldest)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, now).toMillis() / MILLIS)
                .orElse(0.0);
    }
}
