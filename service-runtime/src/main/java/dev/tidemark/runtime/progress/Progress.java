package dev.tidemark.runtime.progress;

import dev.tidemark.runtime.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What takes its time at this moment, for whoever waits for it: the log, the status of the services, their end. */
public final class Progress {

    /** Whoever waits longer wants to know for what. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Between two words of the same work: it is seen that it goes on, and the log stays short. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final Consumer<String> told;
    private final Queue<Work> works = new ConcurrentLinkedQueue<>();

    /** @param told of work that takes its time, one line for people; now and then */
    public Progress(Scheduler scheduler, Consumer<String> told) {
        this.scheduler = scheduler;
        this.told = told;
    }

    /** Of which nobody is told. */
    public static Progress untold(Scheduler scheduler) {
        return new Progress(scheduler, words -> {});
    }

    /**
     * Begins work, which lasts until it is closed.
     *
     * @param what for people, as in "waiting for …": {@code cloning https://git.example/fleet}
     */
    public Work begin(String what) {
        Work work = new Work(what);
        works.add(work);
        work.silence = scheduler.after(PAUSE, () -> {
            var unused = scheduler.start("under way", work::stillUnderWay);
        });
        return work;
    }

    /** In the order in which it began. */
    public List<String> underWay() {
        return works.stream().map(Work::toString).toList();
    }

    /** Says something to whoever waits. */
    void tell(String words) {
        told.accept(words);
    }

    /** Something that takes its time. Its thread says how far it is; of what says nothing, it is told once that it goes on. */
    public final class Work implements AutoCloseable {

        private final String what;
        private volatile @Nullable String soFar;
        private Instant next;
        private boolean ended;
        private boolean wasTold;
        private Scheduler.@Nullable Timer silence;

        private Work(String what) {
            this.what = what;
            this.next = scheduler.now().plus(PATIENCE);
        }

        /** @param far how far it is, for people: {@code 43 % of 120,000 objects} */
        public synchronized void at(String far) {
            soFar = far;
            Instant now = scheduler.now();
            if (!now.isBefore(next)) {
                next = now.plus(PAUSE);
                wasTold = true;
                tell(toString());
            }
        }

        private synchronized void stillUnderWay() {
            if (!wasTold && !ended) {
                tell(toString());
            }
        }

        @Override
        public synchronized void close() {
            ended = true;
            works.remove(this);
            if (silence != null) {
                silence.cancel();
            }
        }

        @Override
        public String toString() {
            String far = soFar;
            return far == null ? what : what + ": " + far;
        }
    }
}
