package dev.tidemark.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.trace.TraceContext;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As Prometheus reads it. */
@SuppressWarnings("deprecation") // the registry that the framework brings
class EventMetricsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final ImageName IMAGE = new ImageName("ghcr.io/o/app");

    private final Correlations correlations = new Correlations(true);
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new CollectorRegistry(), Clock.SYSTEM, correlations);
    private final EventMetrics metrics =
            new EventMetrics(registry, correlations, java.time.Clock.fixed(NOW, ZoneOffset.UTC));

    private final Envelope<Event.RegistryNotified> notified =
            Envelope.first(new Event.RegistryNotified(IMAGE, "apps/hook", List.of(), "1.1.0"), "watcher", NOW, "r");
    private final Envelope<Event.TagDiscovered> discovered =
            notified.causes(discovered(), "watcher", NOW.plusMillis(40));
    private final Envelope<Event.TagSelected> selected =
            discovered.causes(selected(), "evaluator", NOW.plusMillis(200));
    private final Envelope<Committed> committed = selected.causes(committed(), "committer", NOW.plusMillis(1_700));

    @Test
    void measuresEachStepAndTheWholeWayWhereAProcessKnowsIt() {
        List.of(notified, discovered, selected, committed).forEach(metrics::appended);

        assertThat(served())
                .contains("tidemark_latency_seconds_sum{from=\"notified\",stage=\"discovered\",} 0.04\n")
                .contains("tidemark_latency_seconds_sum{from=\"discovered\",stage=\"selected\",} 0.16\n")
                .contains("tidemark_latency_seconds_sum{from=\"selected\",stage=\"committed\",} 1.5\n")
                .contains("tidemark_latency_seconds_sum{from=\"notified\",stage=\"committed\",} 1.7\n")
                .contains("tidemark_latency_seconds_bucket{from=\"notified\",stage=\"committed\",le=\"2.5\",} 1.0\n")
                .contains("tidemark_latency_seconds_bucket{from=\"notified\",stage=\"committed\",le=\"1.0\",} 0.0\n");
    }

    @Test
    void aServiceMeasuresFromWhatItReads() {
        metrics.read(selected);
        metrics.appended(committed);

        assertThat(served())
                .contains("tidemark_latency_seconds_count{from=\"selected\",stage=\"committed\",} 1.0\n")
                .doesNotContain("from=\"notified\"");
    }

    @Test
    void whatHadToWaitIsNoLatency() {
        metrics.read(selected);
        metrics.appended(selected.causes(
                committed(), "committer", NOW.plus(Latencies.LONGEST).plusSeconds(1)));

        assertThat(served()).doesNotContain("tidemark_latency_seconds_count");
    }

    /** From a slow bucket to the words of what was slow. */
    @Test
    void theNewestOfEachBucketIsNamedByItsCorrelation() {
        metrics.read(selected);
        metrics.appended(committed);

        assertThat(registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100))
                .contains("stage=\"committed\",le=\"2.5\"} 1.0 # {correlation=\"" + notified.correlationid()
                        + "\",trace_id=\"" + TraceContext.of(notified).trace() + "\"} 1.5");
    }

    @Test
    void countsFromZero() {
        assertThat(served())
                .contains("tidemark_dead_letters_total{topic=\"tag-selected\",} 0.0\n")
                .contains("tidemark_decisions_total{outcome=\"selected\",} 0.0\n")
                .contains("tidemark_updates_total{result=\"committed\",} 0.0\n");

        metrics.appended(committed);
        metrics.deadLetter(Topic.TAG_SELECTED);

        assertThat(served())
                .contains("tidemark_dead_letters_total{topic=\"tag-selected\",} 1.0\n")
                .contains("tidemark_updates_total{result=\"committed\",} 1.0\n")
                .contains("tidemark_events_total{type=\"committed\",} 1.0\n");
    }

    @Test
    void theNewestWordOnAStopCounts() {
        assertThat(served()).doesNotContain("tidemark_halted");

        metrics.read(control(ControlAction.HALT, Duration.ZERO));
        assertThat(served()).contains("tidemark_halted 1.0\n");

        metrics.read(control(ControlAction.LIFT, Duration.ofMinutes(1)));
        metrics.read(control(ControlAction.HALT, Duration.ZERO));
        assertThat(served()).contains("tidemark_halted 0.0\n");
    }

    private String served() {
        return registry.scrape();
    }

    private static Envelope<Event.ControlRequested> control(ControlAction action, Duration later) {
        return Envelope.first(
                new Event.ControlRequested(Event.ControlRequested.EVERYTHING, action, "me", "why"),
                "cli",
                NOW.plus(later));
    }

    private static Event.TagDiscovered discovered() {
        return new Event.TagDiscovered(
                new Feed(IMAGE, "anonymous"), "1.1.0", null, new Scan("s", NOW, 1L, 1L), Event.Scope.TAG, NOW);
    }

    private static Event.TagSelected selected() {
        return new Event.TagSelected(
                new Target("local", "ImagePolicy", "apps", "app"),
                IMAGE,
                "ghcr.io/o/app",
                List.of(new SelectedTag("1.1.0", null)),
                List.of(),
                1,
                NOW);
    }

    private static Committed committed() {
        return new Committed(new Branch("https://git/r", "main"), "apps/a", "c0ffee", "m", List.of(), List.of());
    }
}
