package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class StreamRestartsTest {

    private final World world = new World(1);
    private final StreamRestarts restarts = new StreamRestarts(
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0, new Random(1)), world.replica("one"));

    private Duration end() {
        Instant before = world.now();
        assertThat(restarts.handle(new IllegalStateException("again")))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        return Duration.between(before, world.now());
    }

    @Test
    void eachEndInARowWaitsLongerUpToAMinute() {
        assertThat(end()).isEqualTo(Duration.ofSeconds(1));
        assertThat(end()).isEqualTo(Duration.ofSeconds(2));
        assertThat(end()).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 10; i++) {
            end();
        }
        assertThat(end()).isEqualTo(Duration.ofMinutes(1));
        assertThat(restarts.isWaiting()).isFalse();
    }

    @Test
    void whoHasWorkedForLongBeginsAnew() {
        end();
        end();
        world.pass(StreamRestarts.QUIET.plusSeconds(1));

        assertThat(end()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void atTheEndNobodyWaits() {
        restarts.close();

        assertThat(end()).isZero();
    }
}
