package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.progress.Progress;
import dev.tidemark.runtime.progress.ServiceEnd;
import dev.tidemark.runtime.progress.ServiceEnds;
import dev.tidemark.runtime.time.ThreadScheduler;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;

/** Says what takes its time, and ends the services before the channels close. */
@Singleton
public class ProgressModule {

    private static final System.Logger LOG = System.getLogger(ProgressModule.class.getName());

    /** @param waiting those in front of this process, beside the log */
    @Produces
    @Singleton
    Progress progress(ThreadScheduler scheduler, @Any Instance<ProgressListener> waiting) {
        return new Progress(scheduler, words -> {
            LOG.log(Level.INFO, LogKeys.line("under-way", LogKeys.WORK, words));
            waiting.forEach(listener -> listener.tell(words));
        });
    }

    /** @param services those that live in this process */
    void end(
            @Observes ShutdownEvent event,
            ThreadScheduler scheduler,
            Progress progress,
            @Any Instance<ServiceEnd> services)
            throws InterruptedException {
        new ServiceEnds(scheduler, progress).end(services.stream().toList());
    }
}
