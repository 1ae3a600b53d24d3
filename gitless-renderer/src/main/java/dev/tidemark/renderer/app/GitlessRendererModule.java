package dev.tidemark.renderer.app;

import dev.tidemark.flux.ResourceSource;
import dev.tidemark.renderer.kafka.LogTables;
import dev.tidemark.renderer.kafka.SelectionPartitions;
import dev.tidemark.renderer.reconcile.RendererWork;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Puts the service together, starts it when the topics exist, and stops it before the channels close. */
@Singleton
public final class GitlessRendererModule {

    private final LogTables tables;
    private final RendererWork work;
    private final ResourceSource.Registration registration;

    GitlessRendererModule(
            TidemarkConfig shared,
            RendererParts folder,
            LogClients log,
            DeadLetters deadLetters,
            ResourceSource resources) {
        this.tables = new LogTables(shared.cluster(), log, deadLetters, this::work);
        RendererWork.Parts parts = folder.with(tables);
        this.work = new RendererWork(parts, new SelectionPartitions(log, deadLetters, tables::catchUp, parts));
        this.registration = resources.onChange(snapshot -> work.resourcesChanged());
    }

    private RendererWork work() {
        return work;
    }

    void start(@Observes StartupEvent event) {
        tables.start();
        work.start();
    }

    void stop(@Observes ShutdownEvent event) {
        registration.close();
        work.close();
        tables.close();
    }

    /** Why it is not ready; empty when it is. */
    Optional<String> problem() {
        return work.problem();
    }
}
