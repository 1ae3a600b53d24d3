package dev.tidemark.runtime.reconcile;

import dev.tidemark.runtime.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link ReconcileLoop} knows of a key; under the loop's lock. */
final class Entry<K> {

    /** A first run takes less, unless it waits for somebody who may never answer: that keeps nobody from the others. */
    private static final Duration FIRST_RUN = Duration.ofSeconds(5);

    final K key;
    final Set<Priority> asked = EnumSet.noneOf(Priority.class);

    @Nullable
    Ticket<K> ticket;

    Scheduler.@Nullable Timer timer;
    Scheduler.@Nullable Work work;
    int failures;

    /** What the present run comes to is of no interest: the key was stopped while it ran. */
    boolean stopped;

    /** From when on nobody waits for its first run; null before that began. */
    private @Nullable Instant settled;

    /** A key's turn; void when its entry has another one by now. */
    record Ticket<K>(Entry<K> entry, Priority priority, long number, Instant since) {}

    Entry(K key) {
        this.key = key;
    }

    Priority asksFor() {
        return asked.contains(Priority.URGENT) ? Priority.URGENT : Priority.ROUTINE;
    }

    void begins(Instant now) {
        if (settled == null) {
            settled = now.plus(FIRST_RUN);
        }
    }

    void ended(Instant now) {
        settled = now;
    }

    /** Whether it had a run, or is at one that takes long. */
    boolean isSettled(Instant now) {
        return settled != null && !now.isBefore(settled);
    }
}
