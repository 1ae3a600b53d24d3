package dev.tidemark.runtime.progress;

import java.time.Clock;
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

    private final Clock clock;
    private final Consumer<String> told;
    private final Queue<Work> works = new ConcurrentLinkedQueue<>();

    /** @param told of work that takes its time, one line for people; now and then */
    public Progress(Clock clock, Consumer<String> told) {
        this.clock = clock;
        this.told = told;
    }

    /** Of which nobody is told. */
    public static Progress untold(Clock clock) {
        return new Progress(clock, words -> {});
    }

    /**
     * Begins work, which lasts until it is closed.
     *
     * @param what for people, as in "waiting for …": {@code cloning https://git.example/fleet}
     */
    public Work begin(String what) {
        Work work = new Work(what);
        works.add(work);
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

    /** Something that takes its time. Its thread says how far it is. */
    public final class Work implements AutoCloseable {

        private final String what;
        private volatile @Nullable String soFar;
        private Instant next;

        private Work(String what) {
            this.what = what;
            this.next = clock.instant().plus(PATIENCE);
        }

        /** @param far how far it is, for people: {@code 43 % of 120,000 objects} */
        public void at(String far) {
            soFar = far;
            Instant now = clock.instant();
            if (!now.isBefore(next)) {
                next = now.plus(PAUSE);
                tell(toString());
            }
        }

        @Override
        public void close() {
            works.remove(this);
        }

        @Override
        public String toString() {
            String far = soFar;
            return far == null ? what : what + ": " + far;
        }
    }
}
