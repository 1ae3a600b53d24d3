package dev.tidemark.evaluator.streams;

import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/**
 * Replaces a thread of the topology that ended, later with each end in a row: what ended it may be there again at once,
 * and the broker gives the partitions out anew each time. The ended thread itself waits: nothing else needs it.
 */
final class StreamRestarts implements StreamsUncaughtExceptionHandler, AutoCloseable {

    /** Who has worked for so long has got past what ended the thread before. */
    static final Duration QUIET = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger(StreamRestarts.class.getName());

    private final Backoff backoff;
    private final Scheduler scheduler;
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private Instant last = Instant.MIN;
    private int ends;
    private volatile boolean waiting;

    StreamRestarts(Backoff backoff, Scheduler scheduler) {
        this.backoff = backoff;
        this.scheduler = scheduler;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable fault) {
        Duration wait = next();
        LOG.log(
                Level.ERROR,
                LogKeys.line(
                        "evaluation-stopped",
                        LogKeys.NEXT_TRY,
                        scheduler.now().plus(wait),
                        LogKeys.REASON,
                        String.valueOf(fault.getMessage())),
                fault);
        waiting = true;
        try {
            var unused = scheduler.await(closed, wait);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            waiting = false;
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Whether an ended thread waits to be replaced. */
    boolean isWaiting() {
        return waiting;
    }

    private synchronized Duration next() {
        Instant now = scheduler.now();
        ends = last.plus(QUIET).isBefore(now) ? 1 : ends + 1;
        last = now;
        return backoff.after(ends);
    }

    /** Nobody waits any more. */
    @Override
    public void close() {
        closed.complete(true);
    }
}
