package dev.tidemark.runtime.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.status.StatusOwner;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Flux's metrics of objects, of those whose status this process writes: worked out when somebody asks, so that nothing is
 * kept of an object that is gone, or another replica's by now.
 */
public final class ObjectMetrics extends Collector implements StatusListener {

    /** Some twenty series each: more than Prometheus is glad of, and than this process should hold. */
    static final int MAX_OBJECTS = 10_000;

    /** Flux's own, ten from 10 ms to half an hour (flux-git-based 19.2). */
    private static final double[] BUCKETS = {0.01, 0.0384, 0.1472, 0.5646, 2.166, 8.31, 31.88, 122.3, 469.2, 1800};

    /** ResourceSets and their providers have no {@code spec.suspend}. */
    private static final String DISABLED = "fluxcd.controlplane.io/reconcile";

    private final Map<ResourceId, Shown> shown = new ConcurrentHashMap<>();
    private final List<Resources> declared = new CopyOnWriteArrayList<>();
    private final Histogram durations = Histogram.build(
                    Metric.RECONCILE_DURATION.served(), Metric.RECONCILE_DURATION.help())
            .labelNames(Metric.RECONCILE_DURATION.labels().toArray(String[]::new))
            .buckets(BUCKETS)
            .create();

    private record Shown(Resource<?> resource, StatusOwner owner, String ready) {}

    /** Looks here for what is declared now: a status says what was declared when it was written. */
    public void declaredIn(Resources resources) {
        declared.add(resources);
    }

    @Override
    public void ran(ResourceId object, Duration took) {
        if (shown.containsKey(object)) {
            durations.labels(labels(object)).observe(took.toNanos() / NANOSECONDS_PER_SECOND);
        }
    }

    @Override
    public void shows(Resource<?> object, StatusOwner owner, JsonNode status) {
        if (shown.containsKey(object.id()) || shown.size() < MAX_OBJECTS) {
            shown.put(object.id(), new Shown(object, owner, ready(status)));
        }
    }

    @Override
    public void gone(ResourceId object) {
        shown.remove(object);
        durations.remove(labels(object));
    }

    private static String[] labels(ResourceId object) {
        return new String[] {object.kind(), object.name(), object.namespace()};
    }

    private static String ready(JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText();
            }
        }
        return "Unknown";
    }

    @Override
    public List<MetricFamilySamples> collect() {
        shown.forEach((id, object) -> {
            if (!object.owner().isKnown() || isGone(id)) {
                gone(id);
            }
        });
        var infos = new GaugeMetricFamily(
                Metric.RESOURCE_INFO.served(), Metric.RESOURCE_INFO.help(), Metric.RESOURCE_INFO.labels());
        shown.forEach((id, object) -> infos.addMetric(info(current(id).orElse(object.resource()), object.ready()), 1));
        List<MetricFamilySamples> all = new ArrayList<>(durations.collect());
        all.add(infos);
        return all;
    }

    private boolean isGone(ResourceId id) {
        return declaring(id).anyMatch(resources -> resources.isGone(id));
    }

    private Optional<Resource<?>> current(ResourceId id) {
        return declaring(id)
                .<Resource<?>>flatMap(resources -> resources.find(id).stream())
                .findFirst();
    }

    private Stream<Resources> declaring(ResourceId id) {
        return declared.stream().filter(resources -> resources.kinds().stream()
                .anyMatch(kind -> kind.name().equals(id.kind())));
    }

    private static List<String> info(Resource<?> resource, String ready) {
        Details details =
                switch (resource.spec()) {
                    case ImageRepositorySpec spec -> new Details(spec.suspend(), spec.image(), "");
                    case ImagePolicySpec spec ->
                        new Details(
                                spec.suspend(), "", spec.imageRepositoryRef().name());
                    case ImageUpdateAutomationSpec spec ->
                        new Details(spec.suspend(), "", spec.sourceRef().name());
                    case ReceiverSpec spec -> new Details(spec.suspend(), "", "");
                    default -> new Details(resource.annotation(DISABLED).equalsIgnoreCase("disabled"), "", "");
                };
        return List.of(
                resource.kind().group(),
                resource.kind().versions().getFirst(),
                resource.kind().name(),
                resource.namespace(),
                resource.name(),
                ready,
                Boolean.toString(details.suspended()),
                details.image(),
                details.source());
    }

    /** What of a spec people sort by; empty text where its kind has no such thing. */
    private record Details(boolean suspended, String image, String source) {}
}
