package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"1, PT0.75S", "2, PT1.5S", "3, PT3S", "11, PT12M48S", "12, PT15M", "1000, PT15M"})
    void doublesUpToAQuarterOfAnHour(int failures, Duration delay) {
        assertThat(Backoff.delay(failures, null)).isEqualTo(delay);
    }

    @Test
    void obeysTheRegistryWhenItAsksForMore() {
        assertThat(Backoff.delay(1, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Backoff.delay(4, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(6));
        assertThat(Backoff.delay(1, Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(15));
    }
}
