package dev.tidemark.runtime.log;

import java.time.Duration;

/** How long a poll waits for a record. */
@FunctionalInterface
public interface PollWait {

    /**
     * Asked before each poll, on its thread.
     *
     * @param longest what the caller of the poll would wait
     * @param paused whether some partitions are not read at present
     */
    Duration within(Duration longest, boolean paused);
}
