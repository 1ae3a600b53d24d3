package dev.tidemark.runtime.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The one source of time, delays and threads of what is built on the runtime: whoever waits does it here. So a test can
 * step time, and a simulation can choose in which order things happen.
 */
public interface Scheduler {

    /** What time it is; the same time that {@link #after} counts in. */
    Clock clock();

    default Instant now() {
        return clock().instant();
    }

    /**
     * Runs an action when the delay has passed, at once for one that is not positive.
     *
     * @param action ends at once and never blocks: it shares its thread with all others
     */
    Timer after(Duration delay, Runnable action);

    /**
     * Begins work on a thread of its own, which may block.
     *
     * @param name of the thread, for whoever reads a thread dump
     */
    Work start(String name, Runnable work);

    /** Says that there is a queue whose work is begun here, for whoever looks how long it is. */
    default void serves(WorkQueue queue) {}

    /**
     * Waits for an answer.
     *
     * @return empty when there is none after {@code limit}
     * @throws InterruptedException when the waiting work is interrupted
     * @throws java.util.concurrent.CompletionException when the answer is a failure
     */
    <T> Optional<T> await(CompletableFuture<T> answer, Duration limit) throws InterruptedException;

    /** An action that waits for its time. */
    @FunctionalInterface
    interface Timer {
        /** The action does not begin any more. One that has begun goes on. */
        void cancel();
    }

    /** Work that was begun. */
    interface Work {
        /** Asks it to end: what it waits for throws {@link InterruptedException}. */
        void interrupt();

        /** Completed when the work has ended, however it did. */
        CompletableFuture<Void> ended();
    }
}
