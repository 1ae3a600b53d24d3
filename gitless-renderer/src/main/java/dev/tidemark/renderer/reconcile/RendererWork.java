package dev.tidemark.renderer.reconcile;

import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.Dependencies;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.input.DeclaredInputs;
import dev.tidemark.renderer.domain.input.ProviderLog;
import dev.tidemark.renderer.domain.input.ProviderNews;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is worked on here, and why: resources that changed, news of the log, partitions that were assigned. A resource
 * belongs to whoever owns the partition of {@code tag-selected} that its target text falls into. All that is heard only
 * submits the keys that it concerns.
 */
public final class RendererWork implements ProviderNews, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RendererWork.class.getName());

    private final Parts parts;
    private final PartitionRuntime<ResourceShard> runtime;
    private final Served served;
    private final DeclaredInputs inputs;
    private final StatusPublisher statuses;
    private final WorkQueues queues;

    /**
     * What the work is done with.
     *
     * @param partitions of the owned topic
     * @param resources sets and providers, with the indexes of {@link DeclaredInputs}
     * @param owners whose objects are there, declared or not
     * @param backoff between failures of one resource
     */
    public record Parts(
            String cluster,
            int partitions,
            Resources resources,
            ProviderLog log,
            ResourceSetRendering rendering,
            ObjectStore objects,
            YamlDocuments yaml,
            Dependencies dependencies,
            Supplier<Set<Owner>> owners,
            StatusStore statuses,
            EventRecorder events,
            StatusListener told,
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
        this.inputs = new DeclaredInputs(parts.resources());
        this.statuses = new StatusPublisher(parts.statuses(), parts.events(), parts.told(), parts.backoff(), scheduler);
        var status = new Statuses(statuses, parts.statuses());
        var work = new SetWork(
                parts.cluster(),
                parts.rendering(),
                parts.objects(),
                parts.yaml(),
                parts.dependencies(),
                status,
                new RendererEvents(parts.publisher(), scheduler.clock()),
                parts.events(),
                parts.pace(),
                scheduler);
        this.queues = new WorkQueues(
                new ResourceSetReconciler(parts.resources(), parts.log(), work, served),
                new ProviderReconciler(parts.resources(), parts.log(), status, served, scheduler.clock()),
                new OrphanReconciler(parts.owners(), status, parts.resources(), id -> submit(id, Priority.ROUTINE)),
                parts.backoff(),
                scheduler);
    }

    /** Joins the group. */
    public void start() {
        runtime.start();
    }

    /** Why not everything that this replica serves was reconciled once; empty when it was. */
    public Optional<String> problem() {
        Optional<String> partitions = runtime.problem();
        if (partitions.isPresent()) {
            return partitions;
        }
        if (!parts.resources().isComplete()) {
            return Optional.of("resources are read for the first time");
        }
        boolean settled = runtime.shards().stream().allMatch(ResourceShard::hasBegun) && queues.settled();
        return settled ? Optional.empty() : Optional.of("resources are reconciled for the first time");
    }

    /** Resources are declared in another way: they and the sets that use them are due. */
    public void changed(List<Change> changes) {
        for (Change change : changes) {
            try {
                inputs.concernedBy(change).forEach(id -> submit(id, Priority.ROUTINE));
            } catch (RuntimeException fault) {
                // one resource's fault must not keep the others from being looked at
                LOG.log(Level.ERROR, LogKeys.line("change-not-heard", LogKeys.RESOURCE, change.id()), fault);
            }
        }
    }

    /** They and the sets that use them are due. */
    @Override
    public void selected(Set<ResourceId> changed) {
        inputs.providers(changed).forEach(provider -> {
            submit(provider.id(), Priority.URGENT);
            inputs.usersOf(provider).forEach(set -> submit(set, Priority.URGENT));
        });
    }

    @Override
    public void scanned(Set<String> feeds) {
        selected(inputs.providersOf(feeds));
    }

    @Override
    public void polled(Set<String> feeds) {
        inputs.providersOf(feeds).forEach(id -> submit(id, Priority.ROUTINE));
    }

    /** The log is known up to its end as it was after the assignment: what is declared and lies here is due. */
    void begin(int partition) {
        List<ResourceId> here =
                inputs.all().stream().filter(id -> partition(id) == partition).toList();
        here.forEach(id -> submit(id, Priority.ROUTINE));
        queues.submitOrphans();
    }

    /** None of the partition's resources begins a run any more. */
    CompletableFuture<Void> stop(int partition) {
        return queues.stop(id -> partition(id) == partition);
    }

    /** Runs of the partition that have not ended are interrupted. */
    void cancel(int partition) {
        queues.cancel(id -> partition(id) == partition);
    }

    /** A key whose partition is lost meanwhile finds that out in its run. */
    private void submit(ResourceId id, Priority priority) {
        if (served.shard(id).isPresent()) {
            queues.submit(id, priority);
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
        queues.close();
        statuses.close();
    }
}
