package dev.tidemark.benchmarks.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void ofOneValueEverythingIsThat() {
        Sample one = Sample.of(7);

        assertThat(List.of(one.median(), one.min(), one.p90())).containsOnly(7.0);
        assertThat(one.n()).isEqualTo(1);
    }

    @Test
    void theOrderDoesNotMatter() {
        assertThat(new Sample(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
        assertThat(new Sample(List.of(9.0, 1.0, 5.0)).min()).isEqualTo(1);
    }

    @Test
    void betweenTwoMiddleValuesIsTheirMean() {
        assertThat(new Sample(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
    }

    @Test
    void nineOfTenAreNotAboveTheNinetiethPercentile() {
        List<Double> hundred =
                IntStream.rangeClosed(1, 100).mapToObj(i -> 101.0 - i).toList();
        List<Double> eleven =
                IntStream.rangeClosed(1, 11).mapToObj(Double::valueOf).toList();

        assertThat(new Sample(hundred).p90()).isEqualTo(90);
        assertThat(new Sample(hundred.subList(0, 10)).p90()).isEqualTo(99);
        assertThat(new Sample(eleven).p90()).isEqualTo(10);
        assertThat(new Sample(List.of(1.0, 2.0)).p90()).isEqualTo(2);
    }

    @Test
    void nothingIsNoSample() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sample(List.of()));
    }
}
