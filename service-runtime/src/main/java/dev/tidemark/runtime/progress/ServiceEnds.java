package dev.tidemark.runtime.progress;

import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Ends the services of a process side by side, since most of an end is waiting for answers, and says what it waits for. One
 * that cannot be ended keeps no other from it.
 */
public final class ServiceEnds {

    private static final System.Logger LOG = System.getLogger(ServiceEnds.class.getName());

    /** How often it is looked whether something else is waited for. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Progress progress;

    public ServiceEnds(Scheduler scheduler, Progress progress) {
        this.scheduler = scheduler;
        this.progress = progress;
    }

    /** Returns when all have ended; each has a limit of its own. */
    public void end(List<ServiceEnd> services) throws InterruptedException {
        String said = words();
        progress.tell(said);
        CompletableFuture<?>[] ends = services.stream()
                .map(service -> scheduler
                        .start("end of " + service.service(), () -> end(service))
                        .ended())
                .toArray(CompletableFuture[]::new);
        CompletableFuture<Boolean> all = CompletableFuture.allOf(ends).thenApply(nothing -> true);
        while (scheduler.await(all, LOOK).isEmpty()) {
            String now = words();
            if (!now.equals(said)) {
                progress.tell(now);
                said = now;
            }
        }
    }

    private String words() {
        List<String> underWay = progress.underWay();
        return underWay.isEmpty() ? "stopping" : "stopping: waiting for " + String.join("; ", underWay);
    }

    private static void end(ServiceEnd service) {
        try {
            service.close().run();
        } catch (RuntimeException | Error fault) {
            Faults.rethrowFatal(fault);
            LOG.log(Level.ERROR, service.service() + " could not be ended", fault);
        }
    }
}
