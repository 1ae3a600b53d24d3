package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.memory.HeapMemory;
import dev.tidemark.runtime.memory.HeapNeeds;
import dev.tidemark.runtime.memory.HeapReport;
import dev.tidemark.runtime.memory.JvmHeap;
import dev.tidemark.runtime.time.Scheduler;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Gives the services the heap of their process, and has it told what of it they need. */
@Singleton
public class HeapModule {

    @Produces
    @Singleton
    HeapMemory heap() {
        return JvmHeap.own();
    }

    @Produces
    @Singleton
    HeapReport report(HeapMemory heap, @All List<HeapNeeds> services, Scheduler scheduler) {
        return new HeapReport(heap, services, scheduler);
    }

    /** When the services have been started. */
    void start(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event, HeapReport report) {
        report.start();
    }
}
