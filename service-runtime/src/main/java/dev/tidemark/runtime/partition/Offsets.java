package dev.tidemark.runtime.partition;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which records of a partition were delivered and whose work is not finished. What is committed is the lowest of those, so
 * that all behind it is read again after a start. Not for several threads at once.
 */
final class Offsets {

    private final TreeSet<Long> unfinished = new TreeSet<>();
    private long next = -1;
    private long committed = -1;

    void delivered(long offset) {
        unfinished.add(offset);
        next = offset + 1;
    }

    void finished(long offset) {
        unfinished.remove(offset);
    }

    /** How many records were delivered whose work is not finished. */
    int unfinished() {
        return unfinished.size();
    }

    /** The lowest unfinished record, or what comes after the last one; empty when none was delivered. */
    OptionalLong committable() {
        if (next < 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(unfinished.isEmpty() ? next : unfinished.first());
    }

    /** Whether a commit would say something new. */
    boolean isDirty() {
        OptionalLong now = committable();
        return now.isPresent() && now.getAsLong() != committed;
    }

    void committed(long offset) {
        committed = offset;
    }
}
