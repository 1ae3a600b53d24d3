package dev.tidemark.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.runtime.status.StatusOwner;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectMetricsTest {

    private final ObjectMetrics metrics = new ObjectMetrics();
    private final ResourceCache declared = new ResourceCache(List.of(Kinds.IMAGE_REPOSITORY), List.of(), Runnable::run);
    private final Owner owner = new Owner();

    private static final class Owner implements StatusOwner {
        private boolean known = true;

        @Override
        public boolean isKnown() {
            return known;
        }

        @Override
        public boolean isProven() {
            return known;
        }
    }

    @Test
    void showsAnObjectWithTheLabelsThatFluxsDashboardsRead() throws Exception {
        metrics.shows(repository("my-app", false), owner, ready("False"));

        assertThat(samples("gotk_resource_info")).singleElement().satisfies(sample -> assertThat(labels(sample))
                .containsEntry("customresource_group", "image.toolkit.fluxcd.io")
                .containsEntry("customresource_version", "v1")
                .containsEntry("customresource_kind", "ImageRepository")
                .containsEntry("exported_namespace", "apps")
                .containsEntry("name", "my-app")
                .containsEntry("ready", "False")
                .containsEntry("suspended", "false")
                .containsEntry("image", "ghcr.io/o/my-app"));
    }

    /** Nothing is written of an object that is suspended: its status tells of the time before. */
    @Test
    void showsWhatIsDeclaredNow() throws Exception {
        metrics.declaredIn(declared);
        metrics.shows(repository("my-app", false), owner, ready("True"));
        declared.upsert(repository("my-app", true));

        assertThat(samples("gotk_resource_info")).singleElement().satisfies(sample -> assertThat(labels(sample))
                .containsEntry("suspended", "true")
                .containsEntry("ready", "True"));
    }

    @Test
    void forgetsWhatIsGoneOrAnotherReplicasWithItsTimes() throws Exception {
        Resource<?> one = repository("one", false);
        Resource<?> two = repository("two", false);
        metrics.shows(one, new Owner(), ready("True"));
        metrics.shows(two, owner, ready("True"));
        metrics.ran(one.id(), Duration.ofMillis(200));
        metrics.ran(two.id(), Duration.ofSeconds(3));
        assertThat(samples("gotk_reconcile_duration_seconds_count")).hasSize(2);
        assertThat(samples("gotk_reconcile_duration_seconds_sum"))
                .filteredOn(sample ->
                        labels(sample).equals(Map.of("kind", "ImageRepository", "name", "two", "namespace", "apps")))
                .singleElement()
                .satisfies(sample -> assertThat(sample.value).isEqualTo(3));

        owner.known = false;
        metrics.collect();
        assertThat(samples("gotk_resource_info")).hasSize(1);
        assertThat(samples("gotk_reconcile_duration_seconds_count")).hasSize(1);

        metrics.gone(one.id());
        metrics.ran(one.id(), Duration.ofSeconds(1));
        assertThat(samples("gotk_resource_info")).isEmpty();
        assertThat(samples("gotk_reconcile_duration_seconds_count")).isEmpty();
    }

    @Test
    void isBounded() throws Exception {
        for (int i = 0; i <= ObjectMetrics.MAX_OBJECTS; i++) {
            metrics.shows(repository("r" + i, false), owner, ready("True"));
        }
        assertThat(samples("gotk_resource_info")).hasSize(ObjectMetrics.MAX_OBJECTS);
    }

    private List<Sample> samples(String name) {
        metrics.collect();
        return metrics.collect().stream()
                .flatMap(family -> family.samples.stream())
                .filter(sample -> sample.name.equals(name))
                .toList();
    }

    private static Map<String, String> labels(Sample sample) {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < sample.labelNames.size(); i++) {
            labels.put(sample.labelNames.get(i), sample.labelValues.get(i));
        }
        return labels;
    }

    private static JsonNode ready(String status) throws Exception {
        return new ObjectMapper()
                .readTree("{\"conditions\": [{\"type\": \"Reconciling\", \"status\": \"True\"},"
                        + " {\"type\": \"Ready\", \"status\": \"" + status + "\"}]}");
    }

    private static Resource<?> repository(String name, boolean suspended) {
        var spec = new ImageRepositorySpec(
                "ghcr.io/o/" + name,
                Duration.ofMinutes(1),
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                suspended);
        return new Resource<>(
                Kinds.IMAGE_REPOSITORY, new Metadata("apps", name, Map.of(), Map.of(), "uid", 1, "1"), spec);
    }
}
