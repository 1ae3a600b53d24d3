package dev.tidemark.renderer.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final long LIMIT_SECONDS = 20;

    @Test
    void wakesDuringAPassLeadToOneMoreAndNeverOverlap() throws InterruptedException {
        var begun = new Semaphore(0);
        var mayEnd = new Semaphore(0);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var lane = new Lane(
                "test",
                new Endless() {
                    @Override
                    public @Nullable Duration pass() {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        begun.release();
                        mayEnd.acquireUninterruptibly();
                        running.decrementAndGet();
                        return null;
                    }
                },
                () -> {});
        lane.start();

        assertThat(begun.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        lane.wake();
        lane.wake();
        lane.wake();
        mayEnd.release();
        assertThat(begun.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        lane.stop();
        mayEnd.release();

        assertThat(most).hasValue(1);
        assertThat(begun.availablePermits()).isZero();
    }

    @Test
    void runsAgainWhenThePassAskedForIt() throws InterruptedException {
        var passes = new CountDownLatch(3);
        var lane = new Lane(
                "test",
                new Endless() {
                    @Override
                    public Duration pass() {
                        passes.countDown();
                        return Duration.ofMillis(1);
                    }
                },
                () -> {});
        lane.start();

        assertThat(passes.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        lane.stop();
    }

    @Test
    void endsWithItsWork() throws InterruptedException {
        var over = new CountDownLatch(1);
        var lane = new Lane(
                "test",
                new Lane.Work() {
                    @Override
                    public @Nullable Duration pass() {
                        return null;
                    }

                    @Override
                    public boolean isOver() {
                        return true;
                    }
                },
                over::countDown);
        lane.start();

        assertThat(over.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(lane.isOver()).isTrue();
    }

    private abstract static class Endless implements Lane.Work {
        @Override
        public boolean isOver() {
            return false;
        }
    }
}
