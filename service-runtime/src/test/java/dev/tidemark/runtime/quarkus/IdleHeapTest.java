package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.memory.FakeHeap;
import dev.tidemark.runtime.quarkus.IdleHeap.Sample;
import dev.tidemark.runtime.simulation.World;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleHeapTest {

    private static final long MB = 1024 * 1024;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void collectsOnceAtRestWhatABurstTook() {
        Sample before = sample(100, 900);
        assertThat(IdleHeap.isWorthwhile(before, sample(110, 900), MINUTE, 60 * MB))
                .isTrue();
        assertThat(IdleHeap.isWorthwhile(before, sample(160, 900), MINUTE, 60 * MB))
                .as("it works")
                .isFalse();
        assertThat(IdleHeap.isWorthwhile(before, sample(110, 900), MINUTE, 890 * MB))
                .as("what is there is used")
                .isFalse();
    }

    @Test
    void givesBackWhatTheStartTook() {
        FakeHeap heap = new FakeHeap(900 * MB);
        heap.began(24 * MB).took(200 * MB);
        World world = new World(1);
        new IdleHeap(heap, world.replica("service"), () -> 0).start(new StartupEvent());

        world.pass(MINUTE);
        assertThat(heap.collections()).isEqualTo(1);

        heap.took(80 * MB);
        world.pass(MINUTE.multipliedBy(5));
        assertThat(heap.collections()).as("nothing grew since").isEqualTo(1);
    }

    private static Sample sample(long cpuSeconds, long committedMegabytes) {
        return new Sample(Duration.ofSeconds(cpuSeconds).toNanos(), committedMegabytes * MB);
    }
}
