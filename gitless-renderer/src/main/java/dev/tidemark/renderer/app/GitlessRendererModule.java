package dev.tidemark.renderer.app;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.renderer.domain.input.DeclaredInputs;
import dev.tidemark.renderer.kafka.LogTables;
import dev.tidemark.renderer.kafka.SelectionPartitions;
import dev.tidemark.renderer.reconcile.RendererWork;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogUser;
import dev.tidemark.runtime.progress.ServiceEnd;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.runtime.status.SuspensionLines;
import dev.tidemark.runtime.time.Scheduler;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the service together, starts it when the topics exist, and stops it before the channels close. */
@Singleton
public final class GitlessRendererModule {

    /** What this service reads. */
    public static final Set<Kind<?>> KINDS = Set.of(Kinds.RESOURCE_SET, Kinds.RESOURCE_SET_INPUT_PROVIDER);

    private final LogTables tables;
    private final RendererWork work;
    private final List<Registration> registrations;

    GitlessRendererModule(
            TidemarkConfig shared,
            RendererParts own,
            LogClients log,
            DeadLetters deadLetters,
            ResourceSource source,
            Scheduler scheduler) {
        var resources = new ResourceCache(KINDS, DeclaredInputs.INDEXES, task -> {
            var unused = scheduler.start("gitless-renderer-resources", task);
        });
        this.tables = new LogTables(shared.cluster(), log, deadLetters, this::work);
        RendererWork.Parts parts = own.with(resources, tables);
        this.work = new RendererWork(parts, new SelectionPartitions(log, deadLetters, tables::catchUp, parts));
        this.registrations = List.of(
                source.feed(resources),
                resources.onChange(work::changed),
                resources.onChange(new SuspensionLines(KINDS)));
    }

    /** Static: it is asked before there are topics, which this class may need. */
    @Produces
    @Singleton
    static LogUser logUser() {
        return LogUser.GITLESS_RENDERER;
    }

    private RendererWork work() {
        return work;
    }

    void start(@Observes StartupEvent event) {
        tables.start();
        work.start();
    }

    @Produces
    @Singleton
    ServiceEnd end() {
        return new ServiceEnd("gitless-renderer", () -> {
            registrations.forEach(Registration::close);
            work.close();
            tables.close();
        });
    }

    /** Why it is not ready; empty when it is. */
    Optional<String> problem() {
        return work.problem();
    }
}
