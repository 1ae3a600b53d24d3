package dev.tidemark.committer.kafka;

import dev.tidemark.committer.domain.BranchLanes;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.runtime.PartitionOwnership;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Hands what happens in the log and in the resources to the lanes, one thing after the other, off the threads that
 * nobody may block.
 */
public final class LaneKeeper implements PartitionOwnership.Listener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LaneKeeper.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    private final BranchLanes lanes;
    private final SelectionTable selections;
    private final ScheduledExecutorService desk = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("branch-lanes").factory());
    private final Set<Integer> awaited = new ConcurrentSkipListSet<>();
    private volatile boolean caughtUp;

    public LaneKeeper(BranchLanes lanes, SelectionTable selections) {
        this.lanes = lanes;
        this.selections = selections;
    }

    /** Begins to follow the selections, the resources, the states of the branches and the assignments. */
    public void start(ResourceSource resources, BranchChannels channels, PartitionOwnership ownership) {
        selections.onChange(keys -> hand(() -> lanes.selected(keys)));
        selections.start();
        var unused = resources.onChange(snapshot -> hand(lanes::refresh));
        channels.onState(state -> hand(() -> lanes.stateSeen(state)));
        ownership.listen(this);
    }

    /** Whether the selections are current and every owned branch has been looked at. */
    public boolean ready() {
        return caughtUp && awaited.isEmpty() && lanes.settled();
    }

    @Override
    public void assigned(Set<Integer> partitions) {
        awaited.addAll(partitions);
        hand(() -> takeOver(new TreeSet<>(partitions)));
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        awaited.removeAll(partitions);
        hand(() -> lanes.revoked(partitions));
    }

    private void takeOver(Set<Integer> partitions) {
        partitions.retainAll(awaited);
        try {
            if (!selections.catchUp(CATCH_UP)) {
                throw new IllegalStateException("tag-selected could not be read to its end in " + CATCH_UP);
            }
            caughtUp = true;
            lanes.assigned(partitions);
            awaited.removeAll(partitions);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "taking over branches failed, trying again in " + RETRY, fault);
            var unused = desk.schedule(() -> takeOver(partitions), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** At the end of the process partitions are revoked after the desk has closed: there is nothing left to do. */
    private void hand(Runnable work) {
        if (!desk.isShutdown()) {
            desk.execute(() -> attempt(work));
        }
    }

    /** A change that could not be told, since the broker was away, is told again: all of this work is level-triggered. */
    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "following a change failed, trying again in " + RETRY, fault);
            var unused = desk.schedule(() -> attempt(work), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        lanes.close();
        desk.shutdownNow();
    }
}
