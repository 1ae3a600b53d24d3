package dev.tidemark.renderer.app;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.renderer.domain.reconcile.Announcer;
import dev.tidemark.renderer.domain.reconcile.ProviderReconciler;
import dev.tidemark.renderer.domain.reconcile.ResourceSetReconciler;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.renderer.folder.FolderObjectStore;
import dev.tidemark.renderer.kafka.LogTables;
import dev.tidemark.renderer.kafka.RendererOwnership;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the service together, starts it when the topics exist, and stops it before the channels close. */
@Singleton
public class Renderer {

    private static final System.Logger LOG = System.getLogger(Renderer.class.getName());

    private final LogTables tables;
    private final LaneBoard board;
    private final ResourceSource resources;
    private final RendererOwnership ownership;
    private final ResourceSource.Registration registration;

    Renderer(
            TidemarkConfig shared,
            RendererConfig own,
            LogClients log,
            DeadLetters deadLetters,
            ResourceSource resources,
            StatusStore statuses,
            @Identifier("gitless-renderer-tag-selected-in") RendererOwnership ownership,
            Announcer announcer,
            Clock clock) {
        this.resources = resources;
        this.ownership = ownership;
        var yaml = new GoYamlDocuments();
        var objects = new FolderObjectStore(shared.state().resolve("objects"), yaml, clock);
        this.tables = new LogTables(shared.cluster(), resources, log, deadLetters, this::changed, this::polled);
        var sets = new ResourceSetReconciler(
                shared.cluster(),
                tables,
                new ResourceSetRendering(yaml, own.seedLabels()),
                objects,
                statuses,
                announcer,
                clock);
        var random = new SecureRandom();
        var passes = new ResourcePasses(
                resources,
                sets,
                new ProviderReconciler(tables, statuses, clock),
                statuses,
                () -> new Pace(own.retryMin(), own.retryMax(), own.intervalJitterPercentage(), random),
                clock);
        this.board = new LaneBoard(
                shared.cluster(),
                log.settings().partitions(),
                resources,
                ownership,
                passes,
                () -> unfinished(objects, statuses));
        this.registration = resources.onChange(snapshot -> board.refresh());
    }

    /** ResourceSets with objects and a status: those without one are not ours to end, or are ended. */
    private static Set<ResourceId> unfinished(FolderObjectStore objects, StatusStore statuses) {
        return objects.owners().stream()
                .map(owner -> new ResourceId(Kinds.RESOURCE_SET.name(), owner.namespace(), owner.name()))
                .filter(id -> statuses.read(id, ResourceSetStatus.class).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    void start(@Observes StartupEvent event) {
        ownership.listen(board);
        tables.start();
        var unused = Thread.ofVirtual().name("gitless-renderer-start").start(this::readLog);
    }

    void stop(@Observes ShutdownEvent event) {
        registration.close();
        board.close();
        tables.close();
    }

    boolean isReady() {
        return board.isSettled();
    }

    private void changed(LogTables.Predicate concerned) {
        board.changed(concerned);
    }

    private void polled(LogTables.Predicate concerned) {
        board.polled(concerned);
    }

    private void readLog() {
        try {
            while (!tables.catchUp()) {
                LOG.log(Level.WARNING, "the log could not be read to its end yet: trying again");
            }
            LOG.log(
                    Level.INFO,
                    "the log is read, {0} resources are declared",
                    resources.current().resources().size());
            board.open();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
