package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.Declarations;
import dev.tidemark.committer.domain.Declarations.NotPlanned;
import dev.tidemark.committer.domain.Declarations.Writers;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Shard;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.time.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One partition of {@code branch-state} in one epoch: its branches are written here, and only here. */
public final class BranchShard implements Shard {

    private final Epoch epoch;
    private final Plans plans;
    private final Work work;
    private final BranchStates states = new BranchStates();
    private final Map<Branch, OpenBranch> open = new HashMap<>();
    private final Map<Branch, Writers> followed = new HashMap<>();
    private Map<ResourceId, NotPlanned> notPlanned = Map.of();
    private long loaded = -1;
    private boolean active;
    private boolean opened;

    /** What all shards of a replica share: where their work is queued, and what it is done with. */
    record Work(
            ReconcileLoop<Branch> branches,
            ReconcileLoop<ResourceId> automations,
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
        if (record.envelope() == null) {
            branch(record.key()).ifPresent(states::removed);
        } else {
            state(record).ifPresent(states::loaded);
        }
    }

    @Override
    public void activated() {
        synchronized (this) {
            active = true;
        }
        follow();
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

    /** Opens, wakes and closes branches as they are declared now. */
    synchronized void follow() {
        if (!active) {
            return;
        }
        plans.declared().ifPresent(declared -> follow(declared.of(epoch.partition())));
    }

    private void follow(Declarations.Slice slice) {
        Set<Branch> gone = new HashSet<>(open.keySet());
        gone.removeAll(slice.branches().keySet());
        var unused = shut(gone);
        slice.branches().forEach((branch, writers) -> {
            if (!writers.equals(followed.put(branch, writers))) {
                open.computeIfAbsent(branch, b -> new OpenBranch(b, epoch, states, work.clones()));
                work.branches().submit(branch, Priority.ROUTINE);
            }
        });
        Set<ResourceId> named = new HashSet<>(notPlanned.keySet());
        named.addAll(slice.notPlanned().keySet());
        for (ResourceId id : named) {
            NotPlanned now = slice.notPlanned().get(id);
            if (now == null || !now.equals(notPlanned.get(id))) {
                work.automations().submit(id, Priority.ROUTINE);
            }
        }
        notPlanned = slice.notPlanned();
        opened = true;
    }

    private CompletableFuture<Void> shut(Set<Branch> gone) {
        List<OpenBranch> shut = new ArrayList<>();
        for (Branch branch : gone) {
            followed.remove(branch);
            OpenBranch before = open.remove(branch);
            if (before != null) {
                shut.add(before);
            }
        }
        CompletableFuture<Void> ended = work.branches().stop(gone::contains);
        if (!shut.isEmpty()) {
            // files are deleted where nobody waits
            var unused = ended.thenRun(() -> {
                var _ = work.scheduler().start("branch clones", () -> shut.forEach(OpenBranch::close));
            });
        }
        return ended;
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
    synchronized Optional<NotPlanned> notPlanned(ResourceId automation) {
        return active ? Optional.ofNullable(notPlanned.get(automation)) : Optional.empty();
    }

    @Override
    public synchronized CompletableFuture<Void> close() {
        active = false;
        return CompletableFuture.allOf(
                shut(Set.copyOf(open.keySet())), work.automations().stop(automation -> owns(automation.toString())));
    }

    @Override
    public void cancel() {
        work.branches().cancel(branch -> owns(branch.text()));
        work.automations().cancel(automation -> owns(automation.toString()));
    }
}
