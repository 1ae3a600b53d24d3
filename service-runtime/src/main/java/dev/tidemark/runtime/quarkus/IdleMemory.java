package dev.tidemark.runtime.quarkus;

import com.sun.management.OperatingSystemMXBean;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives memory back that a burst took: the serial collector returns what is free only with a full collection, and at
 * rest there is never a reason for one.
 */
@Singleton
public class IdleMemory {

    private static final Duration LOOK = Duration.ofMinutes(1);

    /** Of one processor; at rest the services use a fifth, of which most is waiting for the log. */
    private static final double QUIET_SHARE = 0.4;

    /** Less is not worth a pause. */
    private static final long WORTH_BYTES = 32L * 1024 * 1024;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("idle-memory").unstarted(work));
    private Look last = Look.now();
    private long committedAfterOurs = last.committedBytes();

    /** @param cpuNanos what the process has used of processors until now */
    record Look(long cpuNanos, long committedBytes) {

        static Look now() {
            long cpu = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                    ? system.getProcessCpuTime()
                    : 0;
            return new Look(cpu, Runtime.getRuntime().totalMemory());
        }
    }

    void start(@Observes StartupEvent event) {
        var unused = thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void look() {
        Look now = Look.now();
        if (isWorthwhile(last, now, LOOK, committedAfterOurs)) {
            System.gc();
            committedAfterOurs = Runtime.getRuntime().totalMemory();
        }
        last = Look.now();
    }

    /** Whether the process is at rest with a heap that has grown since the last time. */
    static boolean isWorthwhile(Look before, Look now, Duration between, long committedAfterOurs) {
        boolean quiet = now.cpuNanos() - before.cpuNanos() < QUIET_SHARE * between.toNanos();
        return quiet && now.committedBytes() - committedAfterOurs >= WORTH_BYTES;
    }
}
