package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.Declarations;
import dev.tidemark.committer.domain.Declarations.NotPlanned;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Shard;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** One partition of {@code branch-state} in one epoch: its branches are written here, and only here. */
public final class BranchShard implements Shard {

    /** A push that goes through now need not be looked for at the next start. Less than a member has for leaving. */
    private static final Duration PUSH_LIMIT = Duration.ofSeconds(6);

    private final Epoch epoch;
    private final Plans plans;
    private final Work work;
    private final BranchStates states = new BranchStates();
    private final Map<Branch, OpenBranch> open = new HashMap<>();
    private final Map<ResourceId, Unplanned> unplanned = new HashMap<>();
    private long loaded = -1;
    private boolean active;
    private boolean opened;

    /** What all shards of a replica share: where their work is queued, and what it is done with. */
    record Work(
            ReconcileLoop<Branch> branches,
            ReconcileLoop<ResourceId> automations,
            ReconcileLoop<Integer> leftBehind,
            WorkingClone.Factory clones,
            Scheduler scheduler) {}

    BranchShard(Epoch epoch, Plans plans, Work work) {
        this.epoch = epoch;
        this.plans = plans;
        this.work = work;
    }

    private boolean owns(String key) {
        return plans.partition(key) == epoch.partition();
    }

    /** What says nothing of a branch that belongs here is left out: it became a dead letter when it came, or will. */
    @Override
    public void load(LogRecord record) {
        loaded = Math.max(loaded, record.offset());
        if (!owns(record.key())) {
            return;
        }
        Envelope<?> envelope = record.envelope();
        if (envelope == null) {
            branch(record.key()).ifPresent(states::removed);
        } else {
            state(record).ifPresent(state -> {
                states.read(state.branch(), envelope);
                states.loaded(state);
            });
        }
    }

    @Override
    public void activated() {
        synchronized (this) {
            active = true;
        }
        work.leftBehind().submit(epoch.partition(), Priority.ROUTINE);
        followAll();
    }

    /**
     * A state that appears. If it is not ours, a writer that was paused wrote, and perhaps pushed: the remote is asked. All
     * of this work compares what is with what is wanted, so there is nothing to be read again after a start.
     */
    @Override
    public void record(LogRecord record, Runnable done) throws UndecodableException {
        if (record.envelope() != null) {
            BranchState state = state(record)
                    .orElseThrow(() -> new UndecodableException("this is not the state of the branch in its key"));
            states.read(state.branch(), record.envelope());
            if (record.offset() > loaded
                    && states.appeared(state)
                    && find(state.branch()).isPresent()) {
                work.branches().submit(state.branch(), Priority.ROUTINE);
            }
        }
        done.run();
    }

    private static Optional<BranchState> state(LogRecord record) {
        return record.envelope() != null
                        && record.envelope().event() instanceof BranchState state
                        && state.branch().text().equals(record.key())
                ? Optional.of(state)
                : Optional.empty();
    }

    private static Optional<Branch> branch(String key) {
        try {
            return Optional.of(Branch.parse(key));
        } catch (IllegalArgumentException noBranch) {
            return Optional.empty();
        }
    }

    /** Opens everything that is declared here. */
    synchronized void followAll() {
        if (active && plans.isComplete()) {
            Declarations.Changed all = plans.of(epoch.partition());
            all.branches().forEach(this::follow);
            all.notPlanned().forEach(this::follow);
            opened = true;
        }
    }

    /** Opens or wakes a branch as it is declared now; its own run closes one that nobody writes any more. */
    synchronized void follow(Branch branch) {
        if (!active) {
            return;
        }
        OptionalLong version = plans.version(branch);
        if (version.isEmpty()) {
            wake(branch);
        } else if (open.computeIfAbsent(branch, b -> new OpenBranch(b, epoch, states, work.clones()))
                .isNews(version.getAsLong())) {
            work.branches().submit(branch, Priority.ROUTINE);
        }
    }

    /** Gives up a branch, unless somebody writes it again by now. */
    synchronized Optional<OpenBranch> shut(Branch branch) {
        return plans.version(branch).isPresent() ? Optional.empty() : Optional.ofNullable(open.remove(branch));
    }

    /** Has a branch run again that is written here. */
    synchronized void wake(Branch branch) {
        if (open.containsKey(branch)) {
            work.branches().submit(branch, Priority.ROUTINE);
        }
    }

    /** Has it said why an automation cannot be planned, if that is another reason than before. */
    synchronized void follow(ResourceId automation) {
        if (!active) {
            return;
        }
        Optional<NotPlanned> now = plans.notPlanned(automation);
        Unplanned before = unplanned.get(automation);
        if (now.equals(Optional.ofNullable(before).map(Unplanned::why))) {
            return;
        }
        if (now.isEmpty()) {
            unplanned.remove(automation);
        } else if (before == null) {
            unplanned.put(automation, new Unplanned(epoch, now.get()));
        } else {
            before.why(now.get());
        }
        work.automations().submit(automation, Priority.ROUTINE);
    }

    /** Whether the branches that are declared here have been opened. */
    synchronized boolean isOpened() {
        return opened;
    }

    /** A branch that is written here now. */
    synchronized Optional<OpenBranch> find(Branch branch) {
        return Optional.ofNullable(open.get(branch));
    }

    /** An automation of which is said here that it cannot be planned. */
    synchronized Optional<Unplanned> find(ResourceId automation) {
        return Optional.ofNullable(unplanned.get(automation));
    }

    @Override
    public synchronized CompletableFuture<Void> close() {
        active = false;
        CompletableFuture<Void> ended = work.branches().stop(branch -> owns(branch.text()));
        List<OpenBranch> shut = List.copyOf(open.values());
        shut.forEach(branch -> branch.whileReading(() -> work.branches().cancelOne(branch.branch())));
        // files are deleted where nobody waits
        var unused = ended.thenRun(() -> {
            var _ = work.scheduler().start("branch clones", () -> shut.forEach(OpenBranch::close));
        });
        open.clear();
        unplanned.clear();
        return CompletableFuture.allOf(
                ended,
                work.automations().stop(automation -> owns(automation.toString())),
                work.leftBehind().stopOne(epoch.partition()));
    }

    @Override
    public Duration patience() {
        return PUSH_LIMIT;
    }

    @Override
    public void cancel() {
        work.branches().cancel(branch -> owns(branch.text()));
        work.automations().cancel(automation -> owns(automation.toString()));
        work.leftBehind().cancelOne(epoch.partition());
    }
}
