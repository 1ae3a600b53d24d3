package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

    private static final Duration RANGE = Duration.ofSeconds(10);

    @Test
    void namesThatAreAlmostEqualFallFarApart() {
        List<Long> offsets = IntStream.range(0, 1000)
                .mapToObj(i -> Spread.offset("ghcr.io/my-org/app-" + i, RANGE).toMillis())
                .toList();
        for (int second = 0; second < 10; second++) {
            long from = second * 1000L;
            assertThat(offsets.stream().filter(o -> o >= from && o < from + 1000))
                    .hasSizeBetween(60, 140);
        }
    }

    @Test
    void aNameAlwaysFallsAtTheSamePlace() {
        assertThat(Spread.offset("a", RANGE)).isEqualTo(Spread.offset("a", RANGE));
    }
}
