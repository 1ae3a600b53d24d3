package dev.tidemark.runtime.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that Tidemark measures itself, under the names that are served. Labels have few values, none that grows with tags or
 * commits; only Flux's two metrics name objects, as Flux does.
 */
public enum Metric {
    RECONCILE_DURATION(
            "gotk_reconcile_duration_seconds",
            Type.HISTOGRAM,
            List.of("kind", "name", "namespace"),
            "How long a run took until it said what it came to, as Flux's controllers have it. Of an ImageRepository: from"
                    + " the begin of the run of its feed; of an ImageUpdateAutomation: of its branch; of an ImagePolicy: from the"
                    + " decision."),
    RESOURCE_INFO(
            "gotk_resource_info",
            Type.GAUGE,
            List.of(
                    "customresource_group",
                    "customresource_version",
                    "customresource_kind",
                    "exported_namespace",
                    "name",
                    "ready",
                    "suspended",
                    "image",
                    "source_name"),
            "1 for each object whose status this process writes, as Flux's set-up of kube-state-metrics has it."),
    LATENCY(
            "tidemark_latency_seconds",
            Type.HISTOGRAM,
            List.of("from", "stage"),
            "From one event to what it led to, by the times of the events: from notified to discovered, to selected, to"
                    + " committed or rendered. What waited for more than an hour is not counted: a window or a person had it"
                    + " wait. A process knows the steps on both sides of its own work; all-in-one knows the whole way."),
    EVENTS(
            "tidemark_events_total",
            Type.COUNTER,
            List.of("type"),
            "Events appended to the log, by type: scans are feed-scanned."),
    DECISIONS(
            "tidemark_decisions_total",
            Type.COUNTER,
            List.of("outcome"),
            "Decisions of policies whose outcome or reason was new."),
    UPDATES(
            "tidemark_updates_total",
            Type.COUNTER,
            List.of("result"),
            "Commits pushed, sets rendered, updates refused for good, updates that failed and are tried again."),
    SCAN_FAILURES(
            "tidemark_scan_failures_total",
            Type.COUNTER,
            List.of("reason"),
            "Scans that failed, by reason. Said once while the reason stays the same."),
    PUSHES(
            "tidemark_pushes_total",
            Type.COUNTER,
            List.of("result"),
            "Pushes to remotes: accepted, moved (a lost race: somebody else was first, it is tried again), refused,"
                    + " unclear (no answer)."),
    DEAD_LETTERS(
            "tidemark_dead_letters_total",
            Type.COUNTER,
            List.of("topic"),
            "Records that nobody could use, kept in the dead-letter topic of this one."),
    REGISTRY_REQUESTS(
            "tidemark_registry_requests_total",
            Type.COUNTER,
            List.of("host", "outcome"),
            "Requests to registries: served, limited (429), failed (no answer, or a server error)."),
    REGISTRY_WAIT(
            "tidemark_registry_wait_seconds",
            Type.HISTOGRAM,
            List.of("host"),
            "How long a request, or a scan's place, waited for the budget of its host."),
    WEBHOOKS(
            "tidemark_webhooks_total",
            Type.COUNTER,
            List.of("code"),
            "Webhooks by HTTP status: 200 accepted, 400 refused, 404 unknown path, 408 too slow, 413 too large,"
                    + " 500 not usable, 503 sent back: try again."),
    NOTIFICATIONS(
            "tidemark_notifications_total",
            Type.COUNTER,
            List.of("type", "result"),
            "Events that an Alert wanted told, by type of Provider: delivered, failed, lost (too much waited for it)."),
    QUEUE_LENGTH("tidemark_queue_length", Type.GAUGE, List.of("queue"), "What is due and has not begun, by queue."),
    QUEUE_AGE(
            "tidemark_queue_age_seconds",
            Type.GAUGE,
            List.of("queue"),
            "How long the oldest in the queue has waited; 0 when nothing waits."),
    HALTED(
            "tidemark_halted",
            Type.GAUGE,
            List.of(),
            "1 while an emergency stop is in force, also one of before the start, as far as this process has read the log.");

    /** How a metric is read. */
    public enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /** From a push to a commit takes one or two seconds at its best, minutes where registries are only polled. */
    private static final Duration[] BUCKETS = Stream.of(
                    10L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L, 60_000L, 300_000L, 1_800_000L)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final String served;
    private final Type type;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    private final String help;

    Metric(String served, Type type, List<String> labels, String help) {
        this.served = served;
        this.type = type;
        this.labels = labels;
        this.help = help;
    }

    /** Its name as Prometheus reads it; of a histogram without {@code _bucket}, {@code _sum} and {@code _count}. */
    public String served() {
        return served;
    }

    public Type type() {
        return type;
    }

    public List<String> labels() {
        return labels;
    }

    /** What it tells. */
    public String help() {
        return help;
    }

    /** @param values of the labels, in their order */
    public Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(without("_total"))
                .description(help)
                .tags(tags(values))
                .register(registry);
    }

    /** @param values of the labels, in their order */
    public Timer timer(MeterRegistry registry, String... values) {
        return Timer.builder(without("_seconds"))
                .description(help)
                .tags(tags(values))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** @param values of the labels, in their order */
    List<Tag> tags(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(served + " has the labels " + labels);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(labels.get(i), values[i]));
        }
        return tags;
    }

    /** The end that the registry adds by itself. */
    private String without(String end) {
        return served.substring(0, served.length() - end.length());
    }
}
