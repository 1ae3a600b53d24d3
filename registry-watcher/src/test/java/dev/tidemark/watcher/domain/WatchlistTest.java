package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void leavesOutWhatIsSuspended(String annotation, String kind, String spec, boolean watched)
            throws JsonProcessingException {
        String annotations =
                annotation == null ? "" : ", annotations: {fluxcd.controlplane.io/reconcile: " + annotation + "}";
        Resource<?> resource = ((ResourceReader.Outcome.Read) ResourceReader.read(FluxJson.yaml()
                        .readTree("{apiVersion: " + kind + ", metadata: {name: a, namespace: apps" + annotations
                                + "}, spec: {" + spec + "}}")))
                .resource();

        Watchlist watchlist = Watchlist.of(new ResourceSnapshot(Map.of(resource.id(), resource), List.of()));

        assertThat(watchlist.feeds().size()).isEqualTo(watched ? 1 : 0);
        assertThat(watchlist.invalid()).isEmpty();
    }
}
