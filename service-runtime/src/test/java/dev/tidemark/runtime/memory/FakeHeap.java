package dev.tidemark.runtime.memory;

import java.util.ArrayList;
import java.util.List;

/** A heap that is as full as a test says. */
public final class FakeHeap implements HeapMemory {

    /** What a collection leaves. */
    private static final long LIVE = 56L * 1024 * 1024;

    private final HeapLimit limit;
    private final List<Runnable> actions = new ArrayList<>();
    private long initial;
    private long committed;
    private boolean nearLimit;
    private int collections;

    public FakeHeap(long limit) {
        this.limit = new HeapLimit(limit, "TIDEMARK_HEAP=test");
    }

    public FakeHeap began(long bytes) {
        initial = bytes;
        return this;
    }

    public void took(long bytes) {
        committed = bytes;
    }

    /** A full collection has left too much, or enough room again. */
    public void collected(boolean tooMuchLeft) {
        nearLimit = tooMuchLeft;
        if (nearLimit) {
            actions.forEach(Runnable::run);
        }
    }

    public int collections() {
        return collections;
    }

    @Override
    public HeapLimit limit() {
        return limit;
    }

    @Override
    public long initial() {
        return initial;
    }

    @Override
    public long committed() {
        return committed;
    }

    @Override
    public boolean isNearLimit() {
        return nearLimit;
    }

    @Override
    public void onNearLimit(Runnable action) {
        actions.add(action);
    }

    @Override
    public void collect() {
        collections++;
        committed = Math.min(committed, LIVE);
    }
}
