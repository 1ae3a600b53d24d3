package dev.tidemark.runtime.time;

import dev.tidemark.runtime.Faults;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time as it passes: one platform thread for all delays of a process, a virtual thread for each piece of work. */
public final class ThreadScheduler implements Scheduler, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ThreadScheduler.class.getName());

    private final Clock clock;
    private final ScheduledThreadPoolExecutor timers;
    private final List<WorkQueue> queues = new CopyOnWriteArrayList<>();

    public ThreadScheduler(Clock clock) {
        this.clock = clock;
        // After the end nobody waits for a delay any more.
        this.timers = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().name("tidemark-timers").daemon().factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        ScheduledFuture<?> waiting =
                timers.schedule(() -> guarded(action), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        return () -> waiting.cancel(false);
    }

    /** One action's failure must not be silent: the executor would keep it to itself. */
    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error fault) {
            Faults.rethrowFatal(fault);
            LOG.log(Level.ERROR, "a timer's action failed", fault);
        }
    }

    @Override
    public Work start(String name, Runnable work) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                ended.complete(null);
            }
        });
        thread.start();
        return new Running(thread, ended);
    }

    @Override
    public void serves(WorkQueue queue) {
        queues.add(queue);
    }

    /** Those whose work is begun here. */
    public List<WorkQueue> queues() {
        return List.copyOf(queues);
    }

    @Override
    public <T> Optional<T> await(CompletableFuture<T> answer, Duration limit) throws InterruptedException {
        try {
            return Optional.ofNullable(answer.get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException failure) {
            throw new CompletionException(failure.getCause());
        }
    }

    /** No action begins any more; work that was begun is its beginner's to end. */
    @Override
    public void close() {
        timers.shutdownNow();
    }

    private record Running(Thread thread, CompletableFuture<Void> ended) implements Work {
        @Override
        public void interrupt() {
            thread.interrupt();
        }
    }
}
