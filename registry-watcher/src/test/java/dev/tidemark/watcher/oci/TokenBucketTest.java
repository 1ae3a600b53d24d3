package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.watcher.domain.Urgency;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final TokenBucket bucket = new TokenBucket(2, 4, now::get);

    @Test
    void routinePollsLeaveAReserveForWhatSomebodyWaitsFor() {
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(Urgency.ROUTINE)).isZero();
        }
        assertThat(bucket.take(Urgency.ROUTINE)).isEqualTo(Duration.ofMillis(500));
        assertThat(bucket.take(Urgency.AWAITED)).isZero();
        assertThat(bucket.take(Urgency.AWAITED)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void fillsWithTimeButNotBeyondTheBurst() {
        now.addAndGet(Duration.ofHours(1).toNanos());
        for (int i = 0; i < 4; i++) {
            assertThat(bucket.take(Urgency.AWAITED)).isZero();
        }
        assertThat(bucket.take(Urgency.AWAITED)).isPositive();
        now.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(bucket.take(Urgency.AWAITED)).isZero();
    }
}
