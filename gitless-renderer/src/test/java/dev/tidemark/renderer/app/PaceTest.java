package dev.tidemark.renderer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.renderer.domain.reconcile.Pass;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration HOUR = Duration.ofMinutes(60);

    private final Pace pace = new Pace(Duration.ofMillis(750), Duration.ofMinutes(15), 5, new Random(1));

    @Test
    void failuresDoubleTheWaitUpToTheLongest() {
        assertThat(pace.after(Pass.RETRY, HOUR)).isEqualTo(Duration.ofMillis(750));
        assertThat(pace.after(Pass.RETRY, HOUR)).isEqualTo(Duration.ofMillis(1500));
        for (int i = 0; i < 100; i++) {
            pace.after(Pass.RETRY, HOUR);
        }
        assertThat(pace.after(Pass.RETRY, HOUR)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void successStartsAnew() {
        pace.after(Pass.RETRY, HOUR);
        pace.after(Pass.DONE, HOUR);

        assertThat(pace.backoff()).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void theIntervalVariesByFivePercent() {
        for (int i = 0; i < 100; i++) {
            assertThat(pace.after(Pass.DONE, HOUR)).isBetween(Duration.ofMinutes(57), Duration.ofMinutes(63));
        }
    }

    @Test
    void withoutAnIntervalOnlyAWakeHelps() {
        assertThat(pace.after(Pass.DONE, Duration.ZERO)).isNull();
        assertThat(pace.after(Pass.PARKED, HOUR)).isNull();
    }
}
