package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryBackoffTest {

    private final RegistryBackoff backoff = RegistryBackoff.of(0, new Random(1));

    @ParameterizedTest
    @CsvSource({"1, PT0.75S", "2, PT1.5S", "3, PT3S", "11, PT12M48S", "12, PT15M", "1000, PT15M"})
    void doublesUpToAQuarterOfAnHour(int failures, Duration delay) {
        assertThat(backoff.after(failures, null)).isEqualTo(delay);
    }

    @Test
    void obeysTheRegistryWhenItAsksForMore() {
        assertThat(backoff.after(1, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.after(4, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(6));
        assertThat(backoff.after(1, Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void jitterNeverMakesAWaitShorterThanTheRegistryAsksFor() {
        RegistryBackoff jittered = RegistryBackoff.of(0.1, new Random(7));
        for (int i = 0; i < 100; i++) {
            assertThat(jittered.after(1, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
            assertThat(jittered.after(3, null)).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3300));
        }
    }
}
