package dev.tidemark.evaluator.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the stream thread must be back from its poll although no record came: Streams waits one fixed time, which is too
 * long for what follows by time alone, or costs processor time at rest. Each partition of the topology says when it is
 * next due. For the stream thread; how often it goes round is not counted.
 */
final class NextLoop {

    /** While state is restored its partitions are paused, and Streams looks for the end of it between two polls. */
    static final Duration WHILE_RESTORING = Duration.ofMillis(25);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final LongSupplier nanos;
    private final Map<Object, Long> due = new HashMap<>();
    private volatile boolean running;
    private volatile boolean ending;
    private volatile Runnable endPoll = () -> {};

    NextLoop(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param in how long it may take until the partition is looked after; null while it waits for records only */
    synchronized void set(Object partition, @Nullable Duration in) {
        if (in == null) {
            due.remove(partition);
        } else {
            due.put(partition, nanos.getAsLong() + in.toNanos());
        }
    }

    /** @param is whether the topology is at work; false while partitions are assigned and state is restored */
    void running(boolean is) {
        running = is;
    }

    /** @param poll ends a poll that waits */
    void endsBy(Runnable poll) {
        endPoll = poll;
    }

    /** No poll waits any more, so that the thread sees that it is to end. */
    void end() {
        ending = true;
        endPoll.run();
    }

    /**
     * How long a poll for state may wait. Streams looks behind each whether a partition's state is complete, and one
     * without changes brings no record that would end the wait. Copies of other replicas' state have time.
     *
     * @param longest what Streams would wait
     */
    Duration restoreWait(Duration longest) {
        return running ? longest : shorter(longest);
    }

    /**
     * How long a poll may wait. What is due already is served in this round, or else in Streams' own time: its clock may
     * have been set back.
     *
     * @param longest what Streams would wait
     * @param restoring whether partitions are paused
     */
    synchronized Duration wait(Duration longest, boolean restoring) {
        if (ending) {
            return Duration.ZERO;
        }
        long now = nanos.getAsLong();
        long soonest = due.values().stream().mapToLong(time -> time - now).min().orElse(Long.MAX_VALUE);
        due.values().removeIf(time -> time <= now);
        Duration wait = restoring ? shorter(longest) : longest;
        return soonest >= wait.toNanos() ? wait : Duration.ofNanos(Math.max(soonest, SHORTEST.toNanos()));
    }

    private static Duration shorter(Duration longest) {
        return WHILE_RESTORING.compareTo(longest) < 0 ? WHILE_RESTORING : longest;
    }
}
