package dev.tidemark.committer.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes a branch. What wakes it while it writes is answered by one more run; a run looks at the
 * whole wanted state, so no wake needs to carry anything.
 */
public final class Lane implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    private final String name;
    private final Work work;
    private final Backoff backoff;
    private final Clock clock;
    private final Runnable atEnd;
    private final BlockingQueue<Wake> wakes = new ArrayBlockingQueue<>(Wake.values().length * 2);
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ran;

    /** Why a lane wakes. */
    public enum Wake {
        /** A selection changed: write at once on the head that is known. */
        SELECTION,
        /** Something else changed, or time passed: ask the remote first. */
        LOOK
    }

    /** What the lane does; returns when to do it again if nothing wakes it before. */
    @FunctionalInterface
    public interface Work {
        Instant run(boolean look) throws InterruptedException;
    }

    /** @param atEnd closes what the work uses, on the lane's thread */
    public Lane(String name, Work work, Backoff backoff, Clock clock, Runnable atEnd) {
        this.name = name;
        this.work = work;
        this.backoff = backoff;
        this.clock = clock;
        this.atEnd = atEnd;
        this.thread = Thread.ofVirtual().name("branch " + name).unstarted(this::loop);
    }

    /** Starts with a look at the remote. */
    public void start() {
        wake(Wake.LOOK);
        thread.start();
    }

    public void wake(Wake wake) {
        if (!wakes.contains(wake)) {
            // A full queue already promises a run that begins after this call.
            boolean unused = wakes.offer(wake);
        }
    }

    /** Whether a first run has ended, well or not. */
    public boolean ran() {
        return ran;
    }

    private void loop() {
        try {
            Instant next = clock.instant();
            int faults = 0;
            while (!closing) {
                Wake wake = await(next);
                List<Wake> more = new ArrayList<>();
                wakes.drainTo(more);
                if (closing) {
                    return;
                }
                try {
                    next = work.run(wake != Wake.SELECTION || more.contains(Wake.LOOK));
                    faults = 0;
                } catch (RuntimeException | Error fault) {
                    Fault.rethrowFatal(fault);
                    faults++;
                    next = clock.instant().plus(backoff.after(faults));
                    LOG.log(System.Logger.Level.WARNING, name + ": will be tried again at " + next, fault);
                }
                ran = true;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            atEnd.run();
        }
    }

    private @Nullable Wake await(Instant next) throws InterruptedException {
        Duration wait = Duration.between(clock.instant(), next);
        return wakes.poll(Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Ends after the present run: what was pushed is still told. */
    @Override
    public void close() {
        closing = true;
        wake(Wake.LOOK);
    }
}
