package dev.tidemark.runtime.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchFenceTest implements Ownership {

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private Duration answerTakes = Duration.ZERO;
    private boolean owner = true;
    private int questions;

    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final BatchFence fence = new BatchFence(this, new Epoch(1, 7), clock);

    @Override
    public Optional<Epoch> epoch(int partition) {
        return Optional.of(new Epoch(1, 7));
    }

    @Override
    public boolean fence(Epoch epoch) {
        questions++;
        now = now.plus(answerTakes);
        return owner && epoch.equals(new Epoch(1, 7));
    }

    @Test
    void oneProofServesABatch() throws InterruptedException {
        for (int effect = 0; effect < 10; effect++) {
            assertThat(fence.allows()).isTrue();
            now = now.plusMillis(99);
        }
        assertThat(questions).isEqualTo(1);

        now = now.plusMillis(10);
        assertThat(fence.allows()).isTrue();
        assertThat(questions).isEqualTo(2);
    }

    @Test
    void whoWasPausedIsAskedAgain() throws InterruptedException {
        assertThat(fence.allows()).isTrue();
        now = now.plusSeconds(20);
        owner = false;

        assertThat(fence.allows()).isFalse();
        assertThat(fence.isStale()).isFalse();
    }

    @Test
    void aClockThatGoesBackMakesNoBatchLonger() throws InterruptedException {
        assertThat(fence.allows()).isTrue();
        now = now.minusSeconds(3600);

        assertThat(fence.allows()).isTrue();
        assertThat(questions).isEqualTo(2);
    }

    /** The answer may have waited in a paused process while somebody else took over. */
    @Test
    void anOldAnswerIsNone() throws InterruptedException {
        answerTakes = Duration.ofSeconds(5);

        assertThat(fence.allows()).isFalse();
        assertThat(questions).isGreaterThan(1);
    }

    @Test
    void newerInputEndsTheRunAndBeginsAnother() throws InterruptedException {
        boolean[] current = {true};
        fence.require(() -> current[0]);
        assertThat(fence.allows()).isTrue();
        now = now.plusSeconds(2);
        current[0] = false;

        assertThat(fence.allows()).isFalse();
        assertThat(fence.isStale()).isTrue();
    }
}
