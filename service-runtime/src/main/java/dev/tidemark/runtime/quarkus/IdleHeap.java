package dev.tidemark.runtime.quarkus;

import com.sun.management.OperatingSystemMXBean;
import dev.tidemark.runtime.time.Scheduler;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Gives memory back that a burst took: the serial collector returns what is free only with a full collection, and at
 * rest there is never a reason for one.
 */
@Singleton
public class IdleHeap {

    private static final Duration POLL = Duration.ofMinutes(1);

    /** Of one processor; at rest the services and the broker use a thirtieth. */
    private static final double QUIET_SHARE = 0.2;

    /** Less is not worth a pause. */
    private static final long WORTH_BYTES = 32L * 1024 * 1024;

    private final Scheduler scheduler;
    private Sample last = Sample.now();
    private long committedAfterOurs = last.committedBytes();

    IdleHeap(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** @param cpuNanos what the process has used of processors until now */
    record Sample(long cpuNanos, long committedBytes) {

        static Sample now() {
            long cpu = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                    ? system.getProcessCpuTime()
                    : 0;
            return new Sample(cpu, Runtime.getRuntime().totalMemory());
        }
    }

    void start(@Observes StartupEvent event) {
        pollLater();
    }

    /** The scheduler's end ends it. */
    private void pollLater() {
        var unused = scheduler.after(POLL, () -> scheduler.start("idle-heap", this::poll));
    }

    private void poll() {
        if (isWorthwhile(last, Sample.now(), POLL, committedAfterOurs)) {
            System.gc();
            committedAfterOurs = Runtime.getRuntime().totalMemory();
        }
        last = Sample.now();
        pollLater();
    }

    /** Whether the process is at rest with a heap that has grown since the last time. */
    static boolean isWorthwhile(Sample before, Sample now, Duration between, long committedAfterOurs) {
        boolean quiet = now.cpuNanos() - before.cpuNanos() < QUIET_SHARE * between.toNanos();
        return quiet && now.committedBytes() - committedAfterOurs >= WORTH_BYTES;
    }
}
