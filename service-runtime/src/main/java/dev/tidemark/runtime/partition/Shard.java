package dev.tidemark.runtime.partition;

import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What a service keeps and does for one partition in one epoch. Loading calls come from one thread and may take their
 * time; all others come from the polling thread and return at once.
 */
public interface Shard {

    /**
     * Before anything is read, on the loading thread: what an owner has to write first, which is read with the rest.
     *
     * @throws RuntimeException when it cannot be written: loading is tried again, with another shard
     */
    default void begin() throws InterruptedException {}

    /**
     * Everything was read, on the loading thread.
     *
     * @throws RuntimeException when that is no basis to work from: loading is tried again, with another shard
     */
    default void loaded() {}

    /** One record of the topics that are loaded, from the oldest to where they ended after the assignment. */
    void load(LogRecord record);

    /** Everything is loaded: work may begin. */
    void activated();

    /**
     * A record of the topic whose partitions are owned, in its order, once the shard is active.
     *
     * @param done to be called, from any thread, when its work has come to an end: a record that is not done is read again
     *     after a start
     * @throws UndecodableException when the record means nothing here: it becomes a dead letter
     */
    void record(LogRecord record, Runnable done) throws UndecodableException;

    /**
     * The partition is somebody else's, or the replica stops: no work begins any more.
     *
     * @return completed when the effects that are under way have ended
     */
    CompletableFuture<Void> close();

    /** How long the end of the process waits for effects that are under way; longer for what is better not left open. */
    default Duration patience() {
        return ShardEnds.LIMIT;
    }

    /** Effects that are under way after {@link #close} took too long: they are interrupted. */
    void cancel();
}
