package dev.tidemark.runtime.quarkus;

import com.sun.management.OperatingSystemMXBean;
import dev.tidemark.runtime.memory.HeapMemory;
import dev.tidemark.runtime.time.Scheduler;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

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

    private final HeapMemory heap;
    private final Scheduler scheduler;
    private final LongSupplier processorNanos;
    private Sample last;

    /** A start takes more than is needed later: that counts as grown, too. */
    private long committedAfterOurs;

    @Inject
    IdleHeap(HeapMemory heap, Scheduler scheduler) {
        this(heap, scheduler, IdleHeap::processorNanos);
    }

    /** @param processorNanos what the process has used of processors until now */
    IdleHeap(HeapMemory heap, Scheduler scheduler, LongSupplier processorNanos) {
        this.heap = heap;
        this.scheduler = scheduler;
        this.processorNanos = processorNanos;
        this.last = sample();
        this.committedAfterOurs = heap.initial();
    }

    record Sample(long cpuNanos, long committedBytes) {}

    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private Sample sample() {
        return new Sample(processorNanos.getAsLong(), heap.committed());
    }

    void start(@Observes StartupEvent event) {
        pollLater();
    }

    /** The scheduler's end ends it. */
    private void pollLater() {
        var unused = scheduler.after(POLL, () -> scheduler.start("idle-heap", this::poll));
    }

    private void poll() {
        if (isWorthwhile(last, sample(), POLL, committedAfterOurs)) {
            heap.collect();
            committedAfterOurs = heap.committed();
        }
        last = sample();
        pollLater();
    }

    /** Whether the process is at rest with a heap that has grown since the last time. */
    static boolean isWorthwhile(Sample before, Sample now, Duration between, long committedAfterOurs) {
        boolean quiet = now.cpuNanos() - before.cpuNanos() < QUIET_SHARE * between.toNanos();
        return quiet && now.committedBytes() - committedAfterOurs >= WORTH_BYTES;
    }
}
