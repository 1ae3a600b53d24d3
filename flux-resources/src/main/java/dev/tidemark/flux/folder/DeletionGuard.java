package dev.tidemark.flux.folder;

import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the objects that are missing in a source were deleted, and which wait for somebody to confirm that (DESIGN 5).
 * The source is whole and calm: what is missing cannot be hidden. Pure.
 */
final class DeletionGuard {

    /** Below this many a loss of more than half is everyday work and not an accident. */
    static final int GUARDED_FROM = 5;

    /** Losses of this time are one loss: who deletes in small steps by mistake has made one mistake. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** How long a source is unchanged before what is missing counts as deleted: tools write many files in a row. */
    static final Duration CALM = Duration.ofSeconds(2);

    private DeletionGuard() {}

    /**
     * @param missing what is in force and not declared any more
     * @param emptied those of them whose folder is there and holds nothing: likelier not mounted than deleted
     * @param held those that wait already
     * @param confirmed those that somebody has confirmed by name
     * @param lost what was deleted within {@link #WINDOW}
     * @param inForce how many objects are in force, those that are missing included
     */
    record Question(
            Set<ResourceId> missing,
            Set<ResourceId> emptied,
            Set<ResourceId> held,
            Set<ResourceId> confirmed,
            Set<ResourceId> lost,
            int inForce) {}

    /** What of {@link Question#missing} is to go and what waits. */
    record Answer(Set<ResourceId> deleted, Set<ResourceId> held) {}

    static Answer decide(Question question) {
        Set<ResourceId> deleted = new TreeSet<>(question.missing());
        deleted.retainAll(question.confirmed());
        Set<ResourceId> held = new TreeSet<>(question.missing());
        held.removeAll(deleted);
        Set<ResourceId> fresh = new HashSet<>(held);
        held.removeIf(id -> !question.held().contains(id) && !question.emptied().contains(id));
        fresh.removeAll(held);
        long lately = question.lost().stream()
                .filter(id -> !question.missing().contains(id))
                .count();
        long losses = lately + held.size() + fresh.size();
        long before = lately + question.inForce() - deleted.size();
        if (losses >= GUARDED_FROM && losses * 2 > before) {
            held.addAll(fresh);
        } else {
            deleted.addAll(fresh);
        }
        return new Answer(deleted, held);
    }
}
