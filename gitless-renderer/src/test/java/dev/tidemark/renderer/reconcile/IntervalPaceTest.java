package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.reconcile.ReconcileResult;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalPaceTest {

    private final IntervalPace pace = new IntervalPace(5, new Random(1));

    @Test
    void theIntervalVariesByFivePercent() {
        for (int i = 0; i < 100; i++) {
            assertThat(pace.after(Duration.ofMinutes(60)))
                    .isInstanceOfSatisfying(ReconcileResult.Done.class, done -> assertThat(done.interval())
                            .isBetween(Duration.ofMinutes(57), Duration.ofMinutes(63)));
        }
    }

    @Test
    void withoutAnIntervalOnlyAChangeHelps() {
        assertThat(pace.after(Duration.ZERO)).isInstanceOf(ReconcileResult.AwaitChange.class);
    }
}
