package dev.tidemark.runtime.memory;

/** The heap of this process. For any thread; all sizes in bytes. */
public interface HeapMemory {

    /**
     * How full a full collection may leave the room for what lives long. Beyond it the next one comes soon and frees little:
     * more and more of the time is spent on collections, and then the process ends.
     */
    double NEAR_LIMIT = 0.8;

    HeapLimit limit();

    /** What it began with. */
    long initial();

    /** What it holds of the machine now. */
    long committed();

    /** Whether the last full collection has left more than {@link #NEAR_LIMIT}. */
    boolean isNearLimit();

    /** Has an action run each time that becomes true. It is short and does not block. */
    void onNearLimit(Runnable action);

    /** Collects what is free, and gives it back to the machine. */
    void collect();
}
