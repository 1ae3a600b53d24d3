package dev.tidemark.watcher.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.RequestStream.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToldLimitsTest {

    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ToldLimits limits = new ToldLimits();

    private void told(long remaining, @Nullable Duration resetIn) {
        limits.told(Kind.TAG, new ToldLimit(100, remaining, resetIn, SIX_HOURS), 0);
    }

    private Duration wait(Kind kind, Urgency urgency) {
        return Duration.ofNanos(limits.waitFor(kind, urgency, 0));
    }

    @Test
    void whatIsFreeIsNotSlowed() {
        told(3, null);
        told(3, null);
        assertThat(wait(Kind.TAG, Urgency.ROUTINE)).isZero();
    }

    @Test
    void theLastQuarterIsLeftToOthers() {
        told(27, MINUTE);
        told(26, MINUTE);
        assertThat(wait(Kind.TAG, Urgency.ROUTINE)).isZero();
        told(20, MINUTE);
        limits.sent(Kind.TAG, Urgency.ROUTINE, 0);
        assertThat(wait(Kind.TAG, Urgency.ROUTINE)).isEqualTo(Duration.ofSeconds(3));
        assertThat(wait(Kind.TAG, Urgency.AWAITED)).isZero();
        assertThat(wait(Kind.LISTING, Urgency.ROUTINE)).isZero();
    }

    @Test
    void nothingGoesWhenNothingIsLeftUntilThereIsMore() {
        told(1, MINUTE);
        told(0, MINUTE);
        assertThat(wait(Kind.TAG, Urgency.AWAITED)).isEqualTo(MINUTE);
        assertThat(limits.waitFor(Kind.TAG, Urgency.AWAITED, MINUTE.toNanos())).isZero();
    }

    /** Docker Hub names no end: nodes have pulled it empty, and a HEAD is free. */
    @Test
    void aWindowWithoutAnEndSlowsRoutineOnly() {
        told(1, null);
        told(0, null);
        assertThat(wait(Kind.TAG, Urgency.AWAITED)).isZero();
        assertThat(wait(Kind.TAG, Urgency.ROUTINE)).isEqualTo(Duration.ofMinutes(15));
        told(0, null);
        assertThat(wait(Kind.TAG, Urgency.ROUTINE)).isZero();
    }
}
