package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.rig.Repository;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Pushes to the branch, again and again, until it is closed. */
final class SomebodyElse implements AutoCloseable {

    /** Between two pushes: far more often than people do, and less often than would leave nobody else a chance. */
    static final Duration PAUSE = Duration.ofMillis(300);

    private final Repository repository;
    private final Thread thread;
    private volatile boolean closed;
    private final AtomicInteger pushes = new AtomicInteger();
    private volatile @Nullable Exception failure;

    SomebodyElse(Repository repository) {
        this.repository = repository;
        this.thread = Thread.ofPlatform().daemon().name("somebody-else").start(this::push);
    }

    private void push() {
        try {
            for (int number = 0; !closed; number++) {
                if (repository.pushAsSomebodyElse("change " + number)) {
                    var unused = pushes.incrementAndGet();
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (IOException | InterruptedException e) {
            failure = e;
        }
    }

    /** Stops it; how many of its pushes were taken. */
    int stop() throws IOException, InterruptedException {
        close();
        thread.join();
        if (failure != null) {
            throw new IOException("somebody else could not push", failure);
        }
        return pushes.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
