package dev.tidemark.renderer.reconcile;

import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.input.DeclaredInputs;
import dev.tidemark.renderer.domain.input.ProviderLog;
import dev.tidemark.renderer.domain.input.ProviderNews;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is worked on here: a loop each for ResourceSets, providers and orphans. A resource belongs to whoever owns the
 * partition of {@code tag-selected} that its target text falls into. Listeners only submit keys.
 */
public final class RendererWork implements ProviderNews, AutoCloseable {

    /** More objects of a kind than a cluster's store takes well. */
    private static final int MAX_KEYS = 100_000;

    /** Effects wait for a disk or an API server, which more at once would not make quicker. */
    private static final int PARALLEL = 16;

    private static final System.Logger LOG = System.getLogger(RendererWork.class.getName());

    private final Parts parts;
    private final PartitionRuntime<ResourceShard> runtime;
    private final Served served;
    private final ReconcileLoop<ResourceId> sets;
    private final ReconcileLoop<ResourceId> providers;
    private final ReconcileLoop<OrphanReconciler.Place> orphans;
    private DeclaredInputs known = DeclaredInputs.NONE;
    private boolean readable = true;

    /**
     * What the work is done with.
     *
     * @param partitions of the owned topic
     * @param owners whose objects are there, declared or not
     * @param backoff between failures of one resource
     */
    public record Parts(
            String cluster,
            int partitions,
            ResourceSource resources,
            ProviderLog log,
            ResourceSetRendering rendering,
            ObjectStore objects,
            Supplier<Set<Owner>> owners,
            StatusStore statuses,
            EventPublisher publisher,
            IntervalPace pace,
            Backoff backoff,
            Scheduler scheduler) {}

    /** Makes the runtime that gives partitions to shards. */
    @FunctionalInterface
    public interface Partitions {
        PartitionRuntime<ResourceShard> owned(Function<Epoch, ResourceShard> shards);
    }

    public RendererWork(Parts parts, Partitions partitions) {
        this(parts, partitions, UnaryOperator.identity());
    }

    /** @param proofs what is asked for leave in place of the runtime: a fault to be planted */
    RendererWork(Parts parts, Partitions partitions, UnaryOperator<Ownership> proofs) {
        this.parts = parts;
        PartitionRuntime<ResourceShard> owned = partitions.owned(epoch -> new ResourceShard(epoch, this));
        this.runtime = owned;
        Scheduler scheduler = parts.scheduler();
        this.served = new Served(id -> owned.shard(partition(id)), proofs.apply(owned), scheduler.clock());
        var work = new SetWork(
                parts.cluster(),
                parts.rendering(),
                parts.objects(),
                parts.statuses(),
                new RendererEvents(parts.publisher(), scheduler.clock()),
                parts.pace(),
                scheduler.clock());
        this.sets = new ReconcileLoop<>(
                settings("set"), new ResourceSetReconciler(parts.resources(), parts.log(), work, served), scheduler);
        this.providers = new ReconcileLoop<>(
                settings("provider"),
                new ProviderReconciler(parts.resources(), parts.log(), parts.statuses(), served, scheduler.clock()),
                scheduler);
        this.orphans = new ReconcileLoop<>(
                settings("orphans"),
                new OrphanReconciler(
                        parts.owners(), parts.statuses(), parts.resources(), id -> submit(id, Priority.ROUTINE)),
                scheduler);
    }

    private ReconcileLoop.Settings settings(String name) {
        return new ReconcileLoop.Settings(name, MAX_KEYS, PARALLEL, parts.backoff());
    }

    /** Joins the group. */
    public void start() {
        resourcesChanged();
        runtime.start();
    }

    /** Why not everything that this replica serves was reconciled once; empty when it was. */
    public Optional<String> problem() {
        Optional<String> partitions = runtime.problem();
        if (partitions.isPresent()) {
            return partitions;
        }
        boolean settled = runtime.shards().stream().allMatch(ResourceShard::hasBegun)
                && sets.settled()
                && providers.settled()
                && orphans.settled();
        return settled ? Optional.empty() : Optional.of("resources are reconciled for the first time");
    }

    /** Other resources are declared. */
    public void resourcesChanged() {
        Set<ResourceId> due;
        boolean healed;
        synchronized (this) {
            ResourceSnapshot snapshot = parts.resources().current();
            DeclaredInputs now = new DeclaredInputs(snapshot);
            due = now.changedSince(known);
            healed = Deletion.isCertain(snapshot) && !readable;
            known = now;
            readable = Deletion.isCertain(snapshot);
        }
        due.forEach(id -> submit(id, Priority.ROUTINE));
        if (healed) {
            submitAll();
        }
    }

    /** All are due: what was missing may have been hidden by what could not be read; now it is gone. */
    private void submitAll() {
        runtime.shards().forEach(shard -> shard.sets().forEach(id -> submit(id, Priority.ROUTINE)));
        orphans.submit(OrphanReconciler.Place.OBJECTS, Priority.ROUTINE);
    }

    /** They and the sets that use them are due. */
    @Override
    public void selected(Set<ResourceId> changed) {
        DeclaredInputs inputs = declared();
        changed.stream().filter(inputs::isProvider).forEach(id -> submit(id, Priority.URGENT));
        inputs.usersOf(changed).forEach(id -> submit(id, Priority.URGENT));
    }

    @Override
    public void scanned(Set<String> feeds) {
        selected(declared().providersOf(feeds));
    }

    @Override
    public void polled(Set<String> feeds) {
        declared().providersOf(feeds).forEach(id -> submit(id, Priority.ROUTINE));
    }

    private synchronized DeclaredInputs declared() {
        return known;
    }

    /** The log is known up to its end as it was after the assignment: what is declared and lies here is due. */
    void begin(int partition) {
        ResourceSnapshot snapshot = parts.resources().current();
        new DeclaredInputs(snapshot)
                .ids().stream().filter(id -> partition(id) == partition).forEach(id -> submit(id, Priority.ROUTINE));
        orphans.submit(OrphanReconciler.Place.OBJECTS, Priority.ROUTINE);
        LOG.log(
                Level.INFO,
                LogKeys.line(
                        "partition-active",
                        LogKeys.PARTITION,
                        partition,
                        LogKeys.COUNT,
                        snapshot.resources().size()));
    }

    /** None of the partition's resources begins a run any more. */
    CompletableFuture<Void> stop(int partition) {
        Predicate<ResourceId> here = id -> partition(id) == partition;
        return CompletableFuture.allOf(sets.stop(here), providers.stop(here));
    }

    /** Runs of the partition that have not ended are interrupted. */
    void cancel(int partition) {
        Predicate<ResourceId> here = id -> partition(id) == partition;
        sets.cancel(here);
        providers.cancel(here);
    }

    /** A key whose partition is lost meanwhile finds that out in its run. */
    private void submit(ResourceId id, Priority priority) {
        if (served.shard(id).isEmpty()) {
            return;
        }
        try {
            (id.kind().equals(Kinds.RESOURCE_SET.name()) ? sets : providers).submit(id, priority);
        } catch (IllegalStateException tooMany) {
            LOG.log(
                    Level.ERROR,
                    LogKeys.line(
                            "not-served", LogKeys.RESOURCE, id, LogKeys.REASON, String.valueOf(tooMany.getMessage())));
        }
    }

    private int partition(ResourceId id) {
        String target = new Target(parts.cluster(), id.kind(), id.namespace(), id.name()).text();
        return Partitioning.partition(Topic.TAG_SELECTED, target, parts.partitions());
    }

    /** No run begins any more; the group is left when the effects that are under way have ended. */
    @Override
    public void close() {
        runtime.close();
        sets.close();
        providers.close();
        orphans.close();
    }
}
