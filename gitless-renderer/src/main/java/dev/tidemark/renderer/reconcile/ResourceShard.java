package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Shard;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ResourceSets and providers whose target text falls into one partition of {@code tag-selected}. Its records are not
 * needed here: a table of the whole topic has them, so that an event cannot overtake what it announces.
 */
public final class ResourceShard implements Shard {

    private final Epoch epoch;
    private final RendererWork work;
    private final Map<ResourceId, SetState> states = new ConcurrentHashMap<>();
    private volatile boolean begun;

    ResourceShard(Epoch epoch, RendererWork work) {
        this.epoch = epoch;
        this.work = work;
    }

    Epoch epoch() {
        return epoch;
    }

    SetState state(ResourceId set) {
        return states.computeIfAbsent(set, unused -> new SetState());
    }

    /** The set is gone. */
    void forget(ResourceId set) {
        states.remove(set);
    }

    /** Whether its resources have been submitted. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public void load(LogRecord record) {
        throw new IllegalStateException("nothing is loaded here");
    }

    @Override
    public void activated() {
        work.begin(epoch.partition());
        begun = true;
    }

    @Override
    public void record(LogRecord record, Runnable done) {
        done.run();
    }

    @Override
    public CompletableFuture<Void> close() {
        return work.stop(epoch.partition());
    }

    @Override
    public void cancel() {
        work.cancel(epoch.partition());
    }
}
