package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is suspended is not looked at, in the way of its kind. */
class WatchlistTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                 | image.toolkit.fluxcd.io/v1, kind: ImageRepository             | image: ghcr.io/o/a, interval: 1m                | true
            -                 | image.toolkit.fluxcd.io/v1, kind: ImageRepository             | image: ghcr.io/o/a, interval: 1m, suspend: true | false
            enabled           | fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider     | type: OCIArtifactTag, url: 'oci://ghcr.io/o/a'  | true
            disabled          | fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider     | type: OCIArtifactTag, url: 'oci://ghcr.io/o/a'  | false
            Disabled          | fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider     | type: OCIArtifactTag, url: 'oci://ghcr.io/o/a'  | false
            """)
    void leavesOutWhatIsSuspended(String annotation, String kind, String spec, boolean watched) throws IOException {
        String annotations =
                annotation == null ? "" : ", annotations: {fluxcd.controlplane.io/reconcile: " + annotation + "}";
        Resource<?> resource = ((ResourceReader.Outcome.Read) ResourceReader.read(FluxJson.readYaml("{apiVersion: "
                        + kind + ", metadata: {name: a, namespace: apps" + annotations + "}, spec: {" + spec + "}}")))
                .resource();

        Watchlist watchlist = Watchlist.of(new ResourceSnapshot(Map.of(resource.id(), resource), List.of()));

        assertThat(watchlist.feeds().size()).isEqualTo(watched ? 1 : 0);
        assertThat(watchlist.invalid()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"+5m, PT5M", ".5h, PT30M", "90000000μs, PT1M30S", "fortnight, PT10M", "1d, PT10M"})
    void readsHowOftenAsGoDoes(String every, Duration interval) throws IOException {
        assertThat(Watchlist.of(provider(every)).feeds().values())
                .singleElement()
                .satisfies(feed -> assertThat(feed.interval()).isEqualTo(interval));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-5m", "-1ns"})
    void nothingOrLessMeansNeverByItself(String every) throws IOException {
        assertThat(Watchlist.of(provider(every)).feeds().values())
                .singleElement()
                .satisfies(feed -> assertThat(feed.interval()).isGreaterThan(Duration.ofDays(365)));
    }

    private static ResourceSnapshot provider(String every) throws IOException {
        Resource<?> resource = ((ResourceReader.Outcome.Read) ResourceReader.read(FluxJson.readYaml(
                        "{apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider, metadata: {name: a,"
                                + " namespace: apps, annotations: {fluxcd.controlplane.io/reconcileEvery: '" + every
                                + "'}}, spec: {type: OCIArtifactTag, url: 'oci://ghcr.io/o/a'}}")))
                .resource();
        return new ResourceSnapshot(Map.of(resource.id(), resource), List.of());
    }
}
