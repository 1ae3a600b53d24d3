package dev.tidemark.renderer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.renderer.Samples;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationsTest {

    @ParameterizedTest
    @CsvSource({
        "+5m, PT5M",
        ".5h, PT30M",
        "90000000μs, PT1M30S",
        "0s, PT0S",
        "-5m, PT0S",
        "'', PT1H",
        "fortnight, PT1H",
        "1d, PT1H"
    })
    void readsHowOftenAsGoDoes(String every, Duration interval) {
        var resourceSet = Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata:
                  name: a
                  annotations: {fluxcd.controlplane.io/reconcileEvery: '%s'}
                spec: {}
                """.formatted(every));
        assertThat(Annotations.interval(resourceSet)).isEqualTo(interval);
    }
}
