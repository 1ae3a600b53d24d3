package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.Credentials;
import dev.tidemark.committer.domain.Declarations;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.committer.domain.References;
import dev.tidemark.committer.domain.Selections;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.events.Branch;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Target;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.status.SuspensionLines;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The committer: hands what changes (resources, selections, the partitions that this replica owns) to the loops that do
 * the work. Nothing here waits.
 */
public final class BranchController implements AutoCloseable {

    /** Twice the automations: an entry of one that went may still be there when the next one comes. */
    private static final int MAX_KEYS = 2 * Declarations.MAX_AUTOMATIONS;

    /** Most of a run is waiting for a remote; remotes that do not answer must not keep the others waiting. */
    private static final int PARALLEL_BRANCHES = 256;

    /** They write a status and an event. */
    private static final int PARALLEL_REPORTS = 4;

    private final Plans plans;
    private final ResourcesReconciler changes;
    private final ReconcileLoop<String> refreshes;
    private final ReconcileLoop<Branch> branches;
    private final ReconcileLoop<ResourceId> automations;
    private final ReconcileLoop<Integer> leftBehind;
    private final PartitionRuntime<BranchShard> partitions;
    private final OwnedBranches owned;
    private final Resources resources;
    private final SecretReader secrets;
    private final Supplier<Optional<String>> selectionsProblem;
    private final BranchShard.Work work;
    private final List<Registration> registrations = new ArrayList<>();

    /**
     * What the committer works with.
     *
     * @param resources with the {@linkplain References#INDEXES indexes} that are asked
     * @param selectionsProblem why the selections are not what the topic says; empty when they are
     * @param count of the partitions of {@code branch-state}
     */
    public record Ports(
            Planner planner,
            Resources resources,
            SecretReader secrets,
            StatusPublisher statuses,
            EventRecorder events,
            Selections selections,
            Supplier<Optional<String>> selectionsProblem,
            EventPublisher publisher,
            WorkingClone.Factory clones,
            CommitBuilder commits,
            int count) {}

    /**
     * @param remotes how long to wait after a branch could not be written
     * @param log how long to wait after something could not be reported
     * @param runtime makes the runtime of the partitions of {@code branch-state}
     */
    public BranchController(
            Ports ports,
            Backoff remotes,
            Backoff log,
            Scheduler scheduler,
            Function<Function<Epoch, BranchShard>, PartitionRuntime<BranchShard>> runtime) {
        this.plans = new Plans(ports.planner(), ports.resources(), ports.selections(), ports.count());
        this.resources = ports.resources();
        this.secrets = ports.secrets();
        this.selectionsProblem = ports.selectionsProblem();
        this.partitions = runtime.apply(this::shard);
        this.owned = new OwnedBranches(plans, partitions);
        AutomationStatuses statuses = new AutomationStatuses(
                ports.statuses(),
                ports.events(),
                record -> scheduler.start("push events", record),
                plans,
                partitions,
                scheduler.clock());
        this.changes = new ResourcesReconciler(resources, plans, owned, statuses::deleted);
        this.refreshes = new ReconcileLoop<>(new ReconcileLoop.Settings("resources", 1, 1, log), changes, scheduler);
        this.branches = new ReconcileLoop<>(
                new ReconcileLoop.Settings("branch", MAX_KEYS, PARALLEL_BRANCHES, remotes),
                new BranchReconciler(
                        owned,
                        partitions,
                        plans,
                        new Credentials(secrets),
                        () -> selectionsProblem.get().isEmpty(),
                        ports.commits(),
                        ports.publisher(),
                        statuses,
                        scheduler.clock()),
                scheduler);
        this.automations = new ReconcileLoop<>(
                new ReconcileLoop.Settings("automation", MAX_KEYS, PARALLEL_REPORTS, log),
                new AutomationReconciler(owned::find, ports.publisher(), statuses, scheduler.clock()),
                scheduler);
        this.leftBehind = new ReconcileLoop<>(
                new ReconcileLoop.Settings("left-behind", ports.count(), 1, log),
                new LeftBehindReconciler(resources, plans, partitions, statuses),
                scheduler);
        this.work = new BranchShard.Work(branches, automations, leftBehind, ports.clones(), scheduler);
    }

    private BranchShard shard(Epoch epoch) {
        return new BranchShard(epoch, plans, work);
    }

    /** Plans what is declared, follows its changes, and joins the group that shares the branches. */
    public void start() {
        registrations.add(resources.onChange(this::changed));
        registrations.add(
                resources.onChange(new SuspensionLines(Set.of(Kinds.GIT_REPOSITORY, Kinds.IMAGE_UPDATE_AUTOMATION))));
        registrations.add(secrets.onChange(this::secretChanged));
        refresh();
        partitions.start();
    }

    private void changed(List<Change> news) {
        changes.changed(news);
        refresh();
    }

    private void secretChanged(ResourceId secret) {
        changes.secretChanged(secret);
        refresh();
    }

    private void refresh() {
        refreshes.submit(ResourcesReconciler.ALL, Priority.ROUTINE);
    }

    /**
     * Selections changed, and the table already shows it. For any thread: returns at once.
     *
     * @param keys of {@code tag-selected}; one that names no target concerns nobody
     */
    public void selected(Set<String> keys) {
        Set<Branch> concerned = new HashSet<>();
        keys.forEach(key -> target(key).ifPresent(target -> concerned.addAll(plans.concerned(target))));
        for (Branch branch : concerned) {
            if (owned.find(branch).isPresent()) {
                branches.submit(branch, Priority.URGENT);
            }
        }
    }

    private static Optional<Target> target(String key) {
        try {
            return Optional.of(Target.parse(key));
        } catch (IllegalArgumentException noTarget) {
            return Optional.empty();
        }
    }

    /** Whether the selections are current and every owned branch was reconciled once, with success or with a reason. */
    public boolean isReady() {
        return problem().isEmpty();
    }

    /** Why it is not ready. */
    public Optional<String> problem() {
        if (!plans.isComplete()) {
            return Optional.of("the resources are being read");
        }
        return selectionsProblem.get().or(partitions::problem).or(this::unsettled);
    }

    private Optional<String> unsettled() {
        boolean settled = partitions.shards().stream().allMatch(BranchShard::isOpened) && branches.settled();
        return settled ? Optional.empty() : Optional.of("some branches have not been reconciled yet");
    }

    /** Leaves the group; what was pushed is still reported. */
    @Override
    public void close() {
        registrations.forEach(Registration::close);
        refreshes.close();
        partitions.close();
        branches.close();
        automations.close();
        leftBehind.close();
    }
}
