package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.quarkus.IdleMemory.Look;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleMemoryTest {

    private static final long MB = 1024 * 1024;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void collectsOnceAtRestWhatABurstTook() {
        Look before = look(100, 900);
        assertThat(IdleMemory.isWorthwhile(before, look(112, 900), MINUTE, 60 * MB))
                .isTrue();
        assertThat(IdleMemory.isWorthwhile(before, look(160, 900), MINUTE, 60 * MB))
                .as("it works")
                .isFalse();
        assertThat(IdleMemory.isWorthwhile(before, look(112, 900), MINUTE, 890 * MB))
                .as("what is there is used")
                .isFalse();
    }

    private static Look look(long cpuSeconds, long committedMegabytes) {
        return new Look(Duration.ofSeconds(cpuSeconds).toNanos(), committedMegabytes * MB);
    }
}
